package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file that a build reads besides its context: a secret, a key. */
public final class NamedFile {

    private NamedFile() {}

    /**
     * Looks for the file.
     *
     * @param what what cannot be done without it, for messages
     * @param path the file; a relative one is looked up in {@code root}, or where there is none in the current directory
     * @param root what it may not lie outside of, also not through symbolic links: a Jenkins workspace; null for no limit
     * @return its real path
     * @throws InvalidRequestException when it is missing, unreadable, no file or outside; the message names it
     */
    public static Path find(String what, String path, Path root) throws InvalidRequestException {
        Confinement confinement = Confinement.of(root);
        Path absolute = absolute(what, path, confinement.root());
        // Told before looking, so that nothing can be found out about what lies outside.
        confinement.refuseNamedOutside(what, absolute);
        if (!Files.exists(absolute)) {
            throw new InvalidRequestException(what, "there is no file " + absolute, "Check the path");
        }
        Path found = confinement.real(what, absolute);
        if (!Files.isRegularFile(found)) {
            throw new InvalidRequestException(what, absolute + " is not a file", "Give the path of a file");
        }
        if (!Files.isReadable(found)) {
            throw new InvalidRequestException(
                    what,
                    "the user '" + System.getProperty("user.name") + "' has no permission to read " + absolute,
                    "Change its owner or its mode");
        }
        return found;
    }

    private static Path absolute(String what, String path, Path root) throws InvalidRequestException {
        try {
            Path given = Path.of(path);
            return (root == null ? given : root.resolve(given)).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new InvalidRequestException(what, "'" + path + "' is no path", "Give the path of a file", e);
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The directory that a build's files must not lie outside of; or none. Immutable. */
public final class Confinement {

    private final Path given;
    private final Path real;

    private Confinement(Path given, Path real) {
        this.given = given;
        this.real = real;
    }

    /**
     * The limit that a directory is.
     *
     * @param root the directory, or null for no limit
     * @throws InvalidRequestException when it cannot be found
     */
    public static Confinement of(Path root) throws InvalidRequestException {
        if (root == null) {
            return new Confinement(null, null);
        }
        Path absolute = root.toAbsolutePath().normalize();
        try {
            return new Confinement(absolute, absolute.toRealPath());
        } catch (IOException e) {
            throw new InvalidRequestException(
                    "could not open the workspace " + absolute,
                    ReadTrouble.reason(e),
                    "Check that the workspace still exists on this machine",
                    e);
        }
    }

    /** The directory itself as it was given, or null. */
    Path root() {
        return given;
    }

    /**
     * The place of something that may not be there yet; looks at nothing but the text.
     *
     * @param what what could not be done otherwise
     * @param path absolute, or relative to the directory or, without one, to this process's
     * @throws InvalidRequestException when it is no path or lies outside
     */
    public Path absolute(String what, String path) throws InvalidRequestException {
        try {
            Path absolute = (given == null ? Path.of(path) : given.resolve(path))
                    .toAbsolutePath()
                    .normalize();
            refuseNamedOutside(what, absolute);
            return absolute;
        } catch (InvalidPathException e) {
            throw new InvalidRequestException(what, "this is no path here: " + e.getReason(), "Correct it", e);
        }
    }

    /** The real path of a context directory that exists, is one, can be read and lies inside. */
    Path contextDirectory(Path directory) throws InvalidRequestException {
        Path absolute = (given == null ? directory : given.resolve(directory))
                .toAbsolutePath()
                .normalize();
        String what = "could not open the build context " + absolute;
        // Told before looking, so that nothing can be found out about what lies outside.
        refuseNamedOutside(what, absolute);
        if (!Files.exists(absolute)) {
            throw new InvalidRequestException(
                    what, "there is no such directory", "Check the path, and that the sources were checked out first");
        }
        if (!Files.isDirectory(absolute)) {
            throw new InvalidRequestException(
                    what, "it is not a directory", "Give the directory; a Dockerfile is given by the option 'file'");
        }
        Path found = real(what, absolute);
        if (!Files.isReadable(found) || !Files.isExecutable(found)) {
            throw new InvalidRequestException(
                    what,
                    "the user '" + System.getProperty("user.name") + "' has no permission to read it",
                    "Change its owner or its mode");
        }
        return found;
    }

    /**
     * The real path of something that exists.
     *
     * @param what what could not be done otherwise
     * @throws InvalidRequestException when it cannot be found, or lies outside
     */
    public Path real(String what, Path path) throws InvalidRequestException {
        try {
            Path found = path.toRealPath();
            if (real != null && !found.startsWith(real)) {
                throw outside(what, "it leads to " + found + ", which is outside the workspace " + given);
            }
            return found;
        } catch (IOException e) {
            throw new InvalidRequestException(
                    what, ReadTrouble.reason(e), "Check the permissions of the directories on the way", e);
        }
    }

    /** Refuses a path that by its mere text lies outside. */
    void refuseNamedOutside(String what, Path absolute) throws InvalidRequestException {
        if (real != null && !absolute.startsWith(given) && !absolute.startsWith(real)) {
            throw outside(what, "it is outside the workspace " + given);
        }
    }

    private static InvalidRequestException outside(String what, String why) {
        return new InvalidRequestException(
                what, why, "Builds can only use files of their workspace; check them out or copy them there");
    }
}

package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Finds a context's Dockerfile and the ignore file that goes with it. */
final class DockerfileFinder {

    private static final String DEFAULT_NAME = "Dockerfile";

    private final Path context;
    private final Confinement confinement;

    DockerfileFinder(Path context, Confinement confinement) {
        this.context = context;
        this.confinement = confinement;
    }

    /**
     * What was found.
     *
     * @param file the Dockerfile's real path
     * @param ignoreFile the real path of the ignore file, or null
     */
    record Found(Path file, Path ignoreFile) {}

    /**
     * Finds the Dockerfile.
     *
     * @param name as given, or null for the usual one
     */
    Found find(String name) throws InvalidRequestException {
        Path named = name == null ? usual() : resolved(name);
        String what = "could not use the Dockerfile " + named;
        confinement.refuseNamedOutside(what, named);
        if (!Files.exists(named)) {
            throw missing(named);
        }
        if (!Files.isRegularFile(named)) {
            String why = Files.isDirectory(named) ? "it is a directory" : "it is not a regular file";
            throw new InvalidRequestException(what, why, "Give the file itself by the option 'file'");
        }
        Path file = inside(what, named);
        if (!Files.isReadable(file)) {
            throw new InvalidRequestException(
                    what,
                    "the user '" + System.getProperty("user.name") + "' has no permission to read it",
                    "Change its owner or its mode");
        }
        return new Found(file, ignoreFile(named));
    }

    private Path usual() {
        Path lowerCase = context.resolve("dockerfile");
        Path usual = context.resolve(DEFAULT_NAME);
        return !Files.exists(usual) && Files.exists(lowerCase) ? lowerCase : usual;
    }

    private Path resolved(String name) throws InvalidRequestException {
        try {
            Path inContext = context.resolve(name).normalize();
            Path root = confinement.root();
            if (root == null || Files.exists(inContext)) {
                return inContext;
            }
            Path inRoot = root.resolve(name).normalize();
            return inRoot.startsWith(root) && Files.exists(inRoot) ? inRoot : inContext;
        } catch (InvalidPathException e) {
            throw new InvalidRequestException(
                    "could not use the Dockerfile '" + Printable.shortened(name) + "'",
                    "this is no file name on this machine: " + e.getReason(),
                    "Correct the option 'file'",
                    e);
        }
    }

    private InvalidRequestException missing(Path named) {
        List<String> others = Lookalikes.in(context);
        String why = Files.exists(named, LinkOption.NOFOLLOW_LINKS)
                ? "it is a symbolic link to something that does not exist"
                : "there is no such file";
        String advice = others.isEmpty()
                ? "Check the path; the context directory is " + context
                : "Give one by the option 'file'; the context has " + String.join(", ", others);
        return new InvalidRequestException("could not find the Dockerfile " + named, why, advice);
    }

    private Path ignoreFile(Path named) throws InvalidRequestException {
        Path own = named.resolveSibling(named.getFileName() + IgnoreFile.NAME);
        Path chosen = Files.exists(own) ? own : context.resolve(IgnoreFile.NAME);
        return Files.exists(chosen) ? inside("could not use the ignore file " + chosen, chosen) : null;
    }

    /** The real path of a file, which a link in the context must not have led out of the context. */
    private Path inside(String what, Path named) throws InvalidRequestException {
        Path real = confinement.real(what, named);
        Path parent = Objects.requireNonNull(named.getParent(), "only a root has no parent, and that is no file");
        boolean namedInside =
                named.startsWith(context) || confinement.real(what, parent).startsWith(context);
        if (namedInside && !real.startsWith(context)) {
            throw new InvalidRequestException(
                    what,
                    "it is a symbolic link to " + real + ", which is outside the build context " + context,
                    "Give the file itself by the option 'file', or copy it into the context");
        }
        return real;
    }
}

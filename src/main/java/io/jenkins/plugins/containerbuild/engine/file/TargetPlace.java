package io.jenkins.plugins.containerbuild.engine.file;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where something is written. It is looked at twice: before the work, so that a mistake costs none, and again when there is
 * something to write, since other processes may have put links there meanwhile.
 */
public final class TargetPlace {

    private final WriteTrouble trouble;
    private final Path given;
    private final Path root;

    private TargetPlace(WriteTrouble trouble, Path given, Path root) {
        this.trouble = trouble;
        this.given = given;
        this.root = root;
    }

    /**
     * Reads a path.
     *
     * @param trouble says what is written and which option says where
     * @param dest absolute, or from the root or, without one, from the current directory
     * @param root the directory that it must not leave, or null
     * @throws InvalidRequestException when it is no path
     */
    public static TargetPlace of(WriteTrouble trouble, String dest, String root) throws InvalidRequestException {
        try {
            Path base = root == null ? null : Path.of(root).toAbsolutePath().normalize();
            Path path = base == null ? Path.of(dest) : base.resolve(dest);
            return new TargetPlace(trouble, path.toAbsolutePath().normalize(), base);
        } catch (InvalidPathException e) {
            throw new InvalidRequestException(
                    "could not use " + trouble.noun() + "'s " + trouble.option(),
                    "it is no path: " + e.getReason(),
                    "Write for example out",
                    e);
        }
    }

    /** What to say when writing there fails. */
    public EngineException explain(IOException cause) {
        return trouble.of(given, cause);
    }

    /** The path as it was asked for. */
    public Path path() {
        return given;
    }

    /**
     * A directory that is there or can be made.
     *
     * @return its path without links
     * @throws EngineException when it lies outside of the root, is something else or cannot be written
     */
    public Path directory() throws EngineException {
        Path found = real(given);
        if (Files.exists(found, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(found, LinkOption.NOFOLLOW_LINKS)) {
            throw unusable("a file is there", "Give a directory, or remove the file");
        }
        refuseUnwritable(found);
        return found;
    }

    /**
     * A file that can be written. A link there is going to be replaced, not followed.
     *
     * @return its path, in a directory without links
     * @throws EngineException when it lies outside of the root, is a directory or cannot be written
     */
    public Path file() throws EngineException {
        Path parent = given.getParent();
        if (parent == null) {
            throw unusable("it is the root of the file system", "Give a file");
        }
        Path directory = real(parent);
        Path file = directory.resolve(Objects.requireNonNull(given.getFileName(), "only a root has no name"));
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw unusable("a directory is there", "Give a file");
        }
        refuseUnwritable(directory);
        return file;
    }

    private Path real(Path path) throws EngineException {
        try {
            Path realRoot = root == null ? null : root.toRealPath();
            // Told before looking, so that nothing can be found out about what lies outside.
            if (root != null && !path.startsWith(root) && !path.startsWith(realRoot)) {
                throw outside("it is outside the workspace " + root);
            }
            Path there = path;
            for (Path up = there.getParent(); up != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS); ) {
                there = up;
                up = there.getParent();
            }
            Path found = there.toRealPath();
            if (realRoot != null && !found.startsWith(realRoot)) {
                throw outside("it leads to " + found + ", which is outside the workspace " + root);
            }
            return found.resolve(there.relativize(path));
        } catch (IOException e) {
            throw trouble.of(given, e);
        }
    }

    private void refuseUnwritable(Path path) throws InvalidRequestException {
        Path there = path;
        for (Path up = there.getParent(); up != null && !Files.exists(there); ) {
            there = up;
            up = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw unusable(there + " is no directory", "Give another " + trouble.option());
        }
        if (!Files.isWritable(there) || !Files.isExecutable(there)) {
            throw unusable(
                    "the user '" + System.getProperty("user.name") + "' may not write to " + there,
                    "Change its owner or its mode, or give another " + trouble.option());
        }
    }

    private InvalidRequestException outside(String why) {
        return unusable(why, "Builds can only write into their workspace; give a " + trouble.option() + " there");
    }

    private InvalidRequestException unusable(String why, String advice) {
        return new InvalidRequestException(trouble.what(given), why, advice);
    }
}

package io.jenkins.plugins.containerbuild.engine.file;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Writes what a daemon sends into a directory, and never anywhere else: names with {@code ..} are refused, and what stands
 * in the way is replaced, links among it, never followed. Everything belongs to the user of this process; permissions and
 * times are those that it tells, set-user-id and the like excepted. Not for use by several threads.
 */
public final class ReceivedTree {

    private static final PosixFilePermission[] BY_BIT = {
        PosixFilePermission.OTHERS_EXECUTE,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_READ
    };

    private final Path root;
    private final Set<Path> directories = new HashSet<>();
    private final Deque<Attributes> settled = new ArrayDeque<>();
    private final boolean posix;

    /** What a directory gets once everything is in it. */
    private record Attributes(Path path, int mode, long modified) {}

    /** @param root an existing directory, without links in its path */
    public ReceivedTree(Path root) {
        this.root = root;
        posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Makes a directory, unless it is there.
     *
     * @param mode permissions, as stat(2) has them
     * @param modified nanoseconds since 1970
     */
    public void directory(String path, int mode, long modified) throws IOException {
        Path directory = place(path);
        if (!isDirectory(directory)) {
            Files.deleteIfExists(directory);
            Files.createDirectory(directory);
        } else if (posix) {
            // One that nothing could be put into would make an earlier output impossible to update.
            EnumSet<PosixFilePermission> owner =
                    EnumSet.copyOf(Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS));
            if (owner.addAll(permissions(0700))) {
                Files.setPosixFilePermissions(directory, owner);
            }
        }
        directories.add(directory);
        settled.push(new Attributes(directory, mode, modified));
    }

    /** Whether a directory is at a path, which a file there would replace with all in it. */
    public boolean isDirectoryAt(String path) throws IOException {
        return isDirectory(place(path));
    }

    /** Begins a file, in place of whatever has its name. */
    public OutputStream file(String path) throws IOException {
        Path file = place(path);
        remove(file);
        return Files.newOutputStream(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    /** Ends a file whose contents are complete. */
    public void finish(String path, int mode, long modified) throws IOException {
        apply(new Attributes(place(path), mode, modified));
    }

    /** Removes a file that is not complete. */
    public void forget(String path) throws IOException {
        Files.deleteIfExists(place(path));
    }

    /** Makes a symbolic link; where it points to is not looked at, nothing is written through it. */
    public void symlink(String path, String target, long modified) throws IOException {
        Path link = place(path);
        remove(link);
        Files.createSymbolicLink(link, DiskNames.target(link, target));
        Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(modified, TimeUnit.NANOSECONDS), null, null);
    }

    /**
     * Gives a file one more name.
     *
     * @param existing the path of a regular file that was received before
     */
    public void hardLink(String path, String existing) throws IOException {
        Path link = place(path);
        Path file = place(existing);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("the daemon sent a hard link to '" + existing + "', which is no file");
        }
        remove(link);
        Files.createLink(link, file);
    }

    /** Gives the directories their permissions and times, the innermost first. */
    public void settle() throws IOException {
        while (!settled.isEmpty()) {
            apply(settled.pop());
        }
    }

    private void apply(Attributes attributes) throws IOException {
        Files.getFileAttributeView(attributes.path(), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(attributes.modified(), TimeUnit.NANOSECONDS), null, null);
        if (posix) {
            Files.getFileAttributeView(attributes.path(), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setPermissions(permissions(attributes.mode()));
        }
    }

    private static EnumSet<PosixFilePermission> permissions(int mode) {
        EnumSet<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BY_BIT.length; bit++) {
            if ((mode & 1 << bit) != 0) {
                permissions.add(BY_BIT[bit]);
            }
        }
        return permissions;
    }

    /** The place of a path, all of whose directories were made or found to be real ones. */
    private Path place(String path) throws IOException {
        Path place = root;
        String[] names = path.split("/", -1);
        for (int i = 0; i < names.length; i++) {
            place = DiskNames.in(place, checked(names[i], path));
            if (i < names.length - 1 && !directories.contains(place)) {
                if (!isDirectory(place)) {
                    throw new IOException("the daemon sent '" + path + "' without the directory that it is in");
                }
                directories.add(place);
            }
        }
        return place;
    }

    private static String checked(String name, String path) throws IOException {
        boolean safe = !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('\0') < 0
                && (File.separatorChar == '/' || name.indexOf(File.separatorChar) < 0 && name.indexOf(':') < 0);
        if (!safe) {
            throw new IOException("the daemon sent '" + path + "', which is no path inside of it");
        }
        return name;
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private void remove(Path path) throws IOException {
        if (!isDirectory(path)) {
            Files.deleteIfExists(path);
            return;
        }
        directories.clear();
        settled.removeIf(attributes -> attributes.path().startsWith(path));
        Files.walkFileTree(path, new Removal());
    }

    /** Deletes a directory with all in it; links are deleted, not followed. */
    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.socket;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the file system tells of a path. */
final class PathReader {

    private static final Duration GETFACL_LIMIT = Duration.ofSeconds(1);
    private static final int KIND_BITS = 0170000;
    private static final int SOCKET = 0140000;
    private static final int PERMISSION_BITS = 07777;

    private final SystemFiles files;

    PathReader(SystemFiles files) {
        this.files = files;
    }

    PathFacts read(Path path) throws InterruptedException {
        try {
            Path real = path.toRealPath();
            return read(path, real, Files.readAttributes(real, "unix:*", LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return nothing(path, PathKind.ABSENT);
        } catch (AccessDeniedException e) {
            return nothing(path, PathKind.CLOSED);
        } catch (IOException | UnsupportedOperationException e) {
            // A file where a directory should be, too long a name; or a system without such attributes.
            return nothing(path, Files.exists(path) ? PathKind.OTHER : PathKind.ABSENT);
        }
    }

    private PathFacts nothing(Path path, PathKind kind) {
        String target = null;
        try {
            target = Files.isSymbolicLink(path) ? Files.readSymbolicLink(path).toString() : null;
        } catch (IOException e) {
            // It has gone, or its directory may not be entered: there is nothing to tell.
        }
        return new PathFacts(
                path.toString(), target, kind, null, null, null, null, null, null, null, null, null, null, null);
    }

    private PathFacts read(Path path, Path real, Map<String, Object> attributes)
            throws IOException, InterruptedException {
        int mode = (Integer) attributes.get("mode");
        long uid = unsigned(attributes, "uid");
        long gid = unsigned(attributes, "gid");
        PathKind kind = kind(real, mode, attributes);
        Accounts accounts = new Accounts(files);
        return new PathFacts(
                path.toString(),
                real.equals(path) ? null : real.toString(),
                kind,
                uid,
                accounts.user(uid).orElseGet(() -> String.valueOf(attributes.get("owner"))),
                gid,
                accounts.group(gid).orElseGet(() -> otherName(attributes.get("group"), gid)),
                Integer.toString(mode & PERMISSION_BITS, 8),
                kind == PathKind.SOCKET ? acl(real) : List.of(),
                (Long) attributes.get("dev"),
                (Long) attributes.get("ino"),
                ((FileTime) attributes.get("ctime")).toMillis(),
                new Mounts(files)
                        .of(real.toString())
                        .map(Mounts.Entry::readOnly)
                        .orElse(false),
                kind == PathKind.SOCKET && Integer.valueOf(0).equals(attributes.get("nlink")));
    }

    private static long unsigned(Map<String, Object> attributes, String name) {
        return Integer.toUnsignedLong((Integer) attributes.get(name));
    }

    /** The system may know groups that are in no file; it says the number where it does not. */
    private static String otherName(Object group, long gid) {
        String name = String.valueOf(group);
        return name.equals(Long.toString(gid)) ? null : name;
    }

    private static PathKind kind(Path real, int mode, Map<String, Object> attributes) {
        if ((mode & KIND_BITS) == SOCKET) {
            return PathKind.SOCKET;
        }
        if (Boolean.TRUE.equals(attributes.get("isDirectory"))) {
            return isEmpty(real) ? PathKind.EMPTY_DIRECTORY : PathKind.DIRECTORY;
        }
        return Boolean.TRUE.equals(attributes.get("isRegularFile")) ? PathKind.FILE : PathKind.OTHER;
    }

    private static boolean isEmpty(Path directory) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    /** Java cannot read these attributes; without getfacl they are not known. */
    private static List<String> acl(Path socket) throws InterruptedException {
        Optional<String> getfacl = LocalCommand.find("getfacl");
        if (getfacl.isEmpty()) {
            return null;
        }
        LocalCommand.Outcome outcome = LocalCommand.run(
                List.of(
                        getfacl.get(),
                        "--omit-header",
                        "--numeric",
                        "--no-effective",
                        "--absolute-names",
                        "--",
                        socket.toString()),
                GETFACL_LIMIT);
        if (!outcome.succeeded()) {
            return null;
        }
        List<String> entries =
                outcome.output().lines().filter(line -> !line.isBlank()).toList();
        // Three of them are the mode in other words.
        return entries.size() > 3 ? entries : List.of();
    }
}

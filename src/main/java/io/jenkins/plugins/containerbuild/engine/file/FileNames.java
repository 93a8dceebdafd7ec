package io.jenkins.plugins.containerbuild.engine.file;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;

/** What has to be known of file names so that an archive has the names that the disk has. */
public final class FileNames {

    /** The order of the names' UTF-8 bytes, which is the same on every machine. */
    public static final Comparator<String> BY_BYTES = FileNames::compare;

    private FileNames() {}

    /** The last part of a path that is no root. */
    public static Path of(Path file) {
        return Objects.requireNonNull(file.getFileName(), "only a root has no name");
    }

    /** The encoding in which this process reads file names. */
    public static String encoding() {
        return System.getProperty("sun.jnu.encoding", "unknown");
    }

    /**
     * Whether a path's text is what stands on disk, as far as this process can tell. In the C locale, or for bytes that
     * are no UTF-8, Java silently replaces what it cannot read.
     *
     * @param name a file's name or a link's target, as the disk gave it
     */
    public static boolean isFaithful(Path name) {
        String text = name.toString();
        return isAscii(text) || isEncodingSafe() && isUnicode(text) && leadsBack(name, text);
    }

    private static boolean isAscii(String name) {
        return name.chars().allMatch(c -> c < 128);
    }

    private static boolean isEncodingSafe() {
        // Windows keeps names as UTF-16 and Java reads them as such, whatever the code page.
        return File.separatorChar == '\\' || encoding().equalsIgnoreCase(StandardCharsets.UTF_8.name());
    }

    private static boolean isUnicode(String name) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }

    private static boolean leadsBack(Path name, String text) {
        try {
            return name.getFileSystem().getPath(text).equals(name);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static int compare(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                // UTF-16 sorts characters beyond the basic plane in front of some within it; UTF-8 does not.
                boolean sameKind = Character.isSurrogate(a) == Character.isSurrogate(b);
                return sameKind ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}

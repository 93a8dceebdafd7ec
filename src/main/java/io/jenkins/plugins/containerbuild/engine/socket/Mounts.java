package io.jenkins.plugins.containerbuild.engine.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is mounted where, as this process sees it: {@code /proc/self/mountinfo}, see proc(5). */
final class Mounts {

    private static final int ROOT = 3;
    private static final int POINT = 4;
    private static final int OPTIONS = 5;
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    private final List<Entry> entries = new ArrayList<>();

    Mounts(SystemFiles files) {
        for (String line : files.lines("/proc/self/mountinfo")) {
            String[] fields = line.split(" ");
            int separator = List.of(fields).indexOf("-");
            if (separator > OPTIONS && fields.length > separator + 2) {
                entries.add(new Entry(
                        plain(fields[ROOT]),
                        plain(fields[POINT]),
                        List.of(fields[OPTIONS].split(",")),
                        fields[separator + 1],
                        fields[separator + 2]));
            }
        }
    }

    /**
     * One mount.
     *
     * @param root which directory or file of the file system is mounted
     * @param point where
     * @param options such as {@code ro}
     * @param type of the file system, such as {@code tmpfs}
     * @param source what it is on, such as {@code /dev/sda1}
     */
    record Entry(String root, String point, List<String> options, String type, String source) {

        boolean readOnly() {
            return options.contains("ro");
        }

        private boolean covers(String path) {
            return path.equals(point) || point.equals("/") || path.startsWith(point + "/");
        }
    }

    /** The mount that a path lies on; where one hides another, the one on top. */
    Optional<Entry> of(String realPath) {
        Entry best = null;
        for (Entry entry : entries) {
            if (entry.covers(realPath)
                    && (best == null || entry.point().length() >= best.point().length())) {
                best = entry;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The mount at exactly this point. */
    Optional<Entry> at(String point) {
        return entries.stream().filter(entry -> entry.point().equals(point)).findFirst();
    }

    private static String plain(String field) {
        Matcher octal = OCTAL.matcher(field);
        return octal.replaceAll(
                found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 8))));
    }
}

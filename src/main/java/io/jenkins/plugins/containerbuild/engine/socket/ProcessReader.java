package io.jenkins.plugins.containerbuild.engine.socket;

import java.util.Arrays;
import java.util.List;

/** Reads who this process is, out of {@code /proc/self/status}. */
final class ProcessReader {

    private static final int EFFECTIVE = 1;

    private final SystemFiles files;

    ProcessReader(SystemFiles files) {
        this.files = files;
    }

    ProcessFacts read() {
        List<String> status = files.lines("/proc/self/status");
        List<Long> uids = numbers(status, "Uid:");
        List<Long> gids = numbers(status, "Gid:");
        if (uids.size() <= EFFECTIVE || gids.size() <= EFFECTIVE) {
            return new ProcessFacts(System.getProperty("user.name", "?"), null, null, List.of(), List.of());
        }
        Long uid = uids.get(EFFECTIVE);
        Accounts accounts = new Accounts(files);
        String user = accounts.user(uid).orElseGet(() -> otherName(uid));
        return new ProcessFacts(user, uid, gids.get(EFFECTIVE), numbers(status, "Groups:"), accounts.groupsOf(user));
    }

    /** The JVM asks the system, which may know users that are in no file. */
    private static String otherName(long uid) {
        String name = System.getProperty("user.name", "?");
        return name.equals("?") ? Long.toString(uid) : name;
    }

    private static List<Long> numbers(List<String> status, String field) {
        return status.stream()
                .filter(line -> line.startsWith(field))
                .flatMap(line ->
                        Arrays.stream(line.substring(field.length()).trim().split("\\s+")))
                .filter(number -> number.matches("\\d{1,10}"))
                .map(Long::valueOf)
                .toList();
    }
}

package io.jenkins.plugins.containerbuild.engine.socket;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads who this process is, out of {@code /proc/self/status}. */
final class ProcessReader {

    private static final int EFFECTIVE = 1;
    private static final Duration ID_LIMIT = Duration.ofSeconds(1);

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

    /**
     * Adds the granted groups that are in no file, such as those of LDAP. That may mean to ask over the network, so it is for
     * those who need to know.
     */
    ProcessFacts withGroupsOfTheSystem(ProcessFacts process) throws InterruptedException {
        Optional<String> id = LocalCommand.find("id");
        if (id.isEmpty()) {
            return process;
        }
        LocalCommand.Outcome told = LocalCommand.run(List.of(id.get(), "-G", "--", process.user()), ID_LIMIT);
        if (!told.succeeded()) {
            return process;
        }
        List<Long> granted = Stream.concat(process.grantedGroups().stream(), numbers(told.output()))
                .distinct()
                .toList();
        return new ProcessFacts(process.user(), process.uid(), process.gid(), process.groups(), granted);
    }

    /** The JVM asks the system, which may know users that are in no file. */
    private static String otherName(long uid) {
        String name = System.getProperty("user.name", "?");
        return name.equals("?") ? Long.toString(uid) : name;
    }

    private static List<Long> numbers(List<String> status, String field) {
        return status.stream()
                .filter(line -> line.startsWith(field))
                .flatMap(line -> numbers(line.substring(field.length())))
                .toList();
    }

    private static Stream<Long> numbers(String words) {
        return Arrays.stream(words.trim().split("\\s+"))
                .filter(number -> number.matches("\\d{1,10}"))
                .map(Long::valueOf);
    }
}

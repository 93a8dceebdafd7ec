package io.jenkins.plugins.containerbuild.engine.socket;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Users and groups by {@code /etc/passwd} and {@code /etc/group} as they are at this moment. */
final class Accounts {

    private final List<String[]> users;
    private final List<String[]> groups;

    Accounts(SystemFiles files) {
        users = entries(files.lines("/etc/passwd"), 7);
        groups = entries(files.lines("/etc/group"), 4);
    }

    private static List<String[]> entries(List<String> lines, int fields) {
        return lines.stream()
                .map(line -> line.split(":", -1))
                .filter(entry -> entry.length == fields)
                .toList();
    }

    Optional<String> user(long uid) {
        return name(users, uid);
    }

    Optional<String> group(long gid) {
        return name(groups, gid);
    }

    boolean hasGroup(String name) {
        return groups.stream().anyMatch(entry -> entry[0].equals(name));
    }

    private static Optional<String> name(List<String[]> entries, long id) {
        return entries.stream()
                .filter(entry -> entry[2].equals(Long.toString(id)))
                .map(entry -> entry[0])
                .findFirst();
    }

    /** The groups that a new process of the user gets: that of its own, and those that list it. */
    List<Long> groupsOf(String user) {
        List<Long> ids = new ArrayList<>();
        users.stream().filter(entry -> entry[0].equals(user)).forEach(entry -> add(ids, entry[3]));
        groups.stream().filter(entry -> members(entry).contains(user)).forEach(entry -> add(ids, entry[2]));
        return ids.stream().distinct().toList();
    }

    /** Whether nobody but the user is in the group, neither listed nor by an entry of its own. */
    boolean isEmptyWithout(String group, String user) {
        return groups.stream()
                .filter(entry -> entry[0].equals(group))
                .allMatch(entry -> members(entry).stream().allMatch(user::equals)
                        && users.stream().noneMatch(other -> other[3].equals(entry[2])));
    }

    private static List<String> members(String[] group) {
        return Arrays.stream(group[3].split(","))
                .filter(member -> !member.isBlank())
                .toList();
    }

    private static void add(List<Long> ids, String number) {
        if (number.matches("\\d{1,10}")) {
            ids.add(Long.valueOf(number));
        }
    }
}

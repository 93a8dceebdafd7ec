package io.jenkins.plugins.containerbuild.engine.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An access control list as {@code getfacl -n} prints it, see acl(5): {@code user:1000:rw-}, {@code mask::rw-}. */
final class AccessList {

    private static final String MASK = "mask::";

    private final List<String> entries;

    AccessList(List<String> entries) {
        this.entries = entries;
    }

    /** The permissions of a user's own entry, such as {@code rw-}. */
    Optional<String> permissionsOf(long uid) {
        return permissions("user:" + uid + ":");
    }

    private Optional<String> permissions(String prefix) {
        return entries.stream()
                .filter(entry -> entry.startsWith(prefix))
                .map(entry -> entry.substring(prefix.length()))
                .findFirst();
    }

    /** Whether the mask takes something from an entry: setfacl would make a new mask that does not. */
    boolean hidesEntries() {
        String mask = permissions(MASK).orElse("rwx");
        return entries.stream()
                .filter(entry -> !entry.startsWith("user::") && !entry.startsWith("other::"))
                .map(entry -> entry.substring(entry.lastIndexOf(':') + 1))
                .anyMatch(permissions ->
                        permissions.chars().anyMatch(letter -> letter != '-' && mask.indexOf(letter) < 0));
    }

    /** Whether anybody else has an entry. */
    private boolean namesOthersThan(long uid) {
        return entries.stream()
                .filter(entry -> !entry.startsWith("user:" + uid + ":"))
                .anyMatch(entry -> entry.matches("(user|group):\\d+:.*"));
    }

    /**
     * The command that takes a user's entry back.
     *
     * @param setfacl the program
     * @param before the socket before the entry was made
     * @param now the list as it is now, with entries that others may have made since
     */
    static List<String> restoring(String setfacl, PathFacts before, long uid, List<String> now) {
        List<String> command = new ArrayList<>(List.of(setfacl));
        AccessList old = new AccessList(before.acl() == null ? List.of() : before.acl());
        Optional<String> own = old.permissionsOf(uid);
        if (own.isEmpty() && !new AccessList(now).namesOthersThan(uid)) {
            // Nobody needs a list any more, and the mode is again what it was without one.
            command.add("--remove-all");
        } else {
            command.addAll(
                    own.isPresent()
                            ? List.of("--modify", "user:" + uid + ":" + own.get())
                            : List.of("--remove", "user:" + uid));
            old.permissions(MASK).ifPresent(mask -> command.addAll(List.of("--modify", MASK + mask)));
        }
        command.addAll(List.of("--", before.realPath()));
        return command;
    }
}

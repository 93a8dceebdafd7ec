package io.jenkins.plugins.containerbuild.engine.socket;

import java.util.List;
import java.util.Optional;

/**
 * The system's programs for groups: those of shadow, which most distributions have, or BusyBox's.
 *
 * @param create makes a group
 * @param remove removes one
 * @param member changes who is in one: gpasswd, or null where create and remove do that (BusyBox)
 */
record GroupTools(String create, String remove, String member) {

    static GroupTools find() throws NoPlanException {
        Optional<String> add = LocalCommand.find("groupadd");
        Optional<String> delete = LocalCommand.find("groupdel");
        Optional<String> member = LocalCommand.find("gpasswd");
        if (add.isPresent() && delete.isPresent() && member.isPresent()) {
            return new GroupTools(add.get(), delete.get(), member.get());
        }
        Optional<String> addGroup = LocalCommand.find("addgroup");
        Optional<String> deleteGroup = LocalCommand.find("delgroup");
        if (addGroup.isPresent() && deleteGroup.isPresent()) {
            return new GroupTools(addGroup.get(), deleteGroup.get(), null);
        }
        throw new NoPlanException("there are no programs for groups here (groupadd, groupdel, gpasswd)");
    }

    List<String> create(String group, long gid) {
        return List.of(create, member == null ? "-g" : "--gid", Long.toString(gid), group);
    }

    List<String> remove(String group) {
        return List.of(remove, group);
    }

    List<String> join(String user, String group) {
        return member == null ? List.of(create, user, group) : List.of(member, "--add", user, group);
    }

    List<String> leave(String user, String group) {
        return member == null ? List.of(remove, user, group) : List.of(member, "--delete", user, group);
    }
}

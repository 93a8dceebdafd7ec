package io.jenkins.plugins.containerbuild.engine.socket;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds out what is left of a repair and which commands take it back. The record lies in a folder of the agent's user, so
 * it is believed only as far as it takes rights away from that very user, or gives the socket back to root.
 */
final class UndoPlanner {

    private final RepairRecord record;
    private final PathFacts now;
    private final ProcessFacts process;
    private final Accounts accounts;

    UndoPlanner(RepairRecord record, PathFacts now, ProcessFacts process, Accounts accounts) {
        this.record = record;
        this.now = now;
        this.process = process;
        this.accounts = accounts;
    }

    /**
     * What is to be done.
     *
     * @param commands to be run as root; none when nothing is left of the repair
     * @param why what they do, or why there are none
     */
    record Plan(List<List<String>> commands, String why) {}

    /** @throws NoPlanException when the socket is not as the repair left it, or the record is not this user's */
    Plan plan() throws NoPlanException {
        if (process.uid() == null || record.uid() != process.uid()) {
            throw new NoPlanException("the record of the repair is of the user with the number " + record.uid());
        }
        if (record.means() == RepairMeans.GROUP) {
            return group();
        }
        if (!now.sameFile(record.before())) {
            return new Plan(List.of(), "nothing is left of the repair: the socket has been made anew since");
        }
        if (now.sameAccess(record.before())) {
            return new Plan(List.of(), "nothing is left of the repair: the socket is as it was before");
        }
        return switch (record.means()) {
            case ACL -> acl();
            case OWNER -> owner();
            default -> world();
        };
    }

    private Plan acl() throws NoPlanException {
        if (now.acl() != null
                && new AccessList(now.acl()).permissionsOf(record.uid()).isEmpty()) {
            return new Plan(List.of(), "nothing is left of the repair: the entry of " + record.user() + " is gone");
        }
        String setfacl = tool("setfacl");
        List<String> list = now.acl() == null ? List.of() : now.acl();
        return new Plan(
                List.of(AccessList.restoring(setfacl, record.before(), record.uid(), list)),
                "the entry of " + record.user() + " was taken out of the socket's access control list");
    }

    private Plan owner() throws NoPlanException {
        if (!Long.valueOf(record.uid()).equals(now.uid())) {
            throw changed();
        }
        return new Plan(
                List.of(List.of(tool("chown"), "-h", "--", "0", now.realPath())), "the socket belongs to root again");
    }

    private Plan world() throws NoPlanException {
        String mode = record.before().mode();
        boolean asLeft = record.finished()
                ? now.sameAccess(record.after())
                : RepairPlanner.WORLD_MODE.equals(now.mode()) && now.sameOwners(record.before());
        if (!asLeft) {
            throw changed();
        }
        if (mode == null || !mode.matches("[0-7]{1,4}") || (bits(mode) & ~bits(now.mode())) != 0) {
            throw new NoPlanException("the mode before the repair, " + mode + ", would open the socket further");
        }
        return new Plan(
                List.of(List.of(tool("chmod"), mode, "--", now.realPath())),
                "the socket has the mode " + mode + " again");
    }

    private static int bits(String mode) {
        return Integer.parseInt(mode, 8);
    }

    private NoPlanException changed() {
        return new NoPlanException(
                "the socket has been changed since the repair (it is " + now.access() + "), so that it is left alone");
    }

    private Plan group() throws NoPlanException {
        String group = record.group();
        Long gid = record.before().gid();
        boolean there = gid != null
                && accounts.group(gid).filter(name -> name.equals(group)).isPresent();
        boolean joined = there && accounts.groupsOf(process.user()).contains(gid);
        boolean removable = there
                && record.groupCreated()
                && RepairPlanner.couldHaveMade(group, gid)
                && accounts.isEmptyWithout(group, process.user());
        if (!joined && !removable) {
            return new Plan(
                    List.of(), "nothing is left of the repair: " + process.user() + " is not in the group " + group);
        }
        GroupTools tools = GroupTools.find();
        List<List<String>> commands = new ArrayList<>();
        List<String> done = new ArrayList<>();
        if (joined) {
            commands.add(tools.leave(process.user(), group));
            done.add(process.user() + " was taken out of the group " + group
                    + "; processes that run keep it until they end");
        }
        if (removable) {
            commands.add(tools.remove(group));
            done.add("the group " + group + " was removed");
        }
        return new Plan(commands, String.join("; ", done));
    }

    private static String tool(String name) throws NoPlanException {
        return LocalCommand.find(name).orElseThrow(() -> new NoPlanException("there is no " + name + " here"));
    }
}

package io.jenkins.plugins.containerbuild.engine.socket;

import java.util.ArrayList;
import java.util.List;

/** Turns a means into the commands for one socket and one user. Runs nothing. */
final class RepairPlanner {

    static final String WORLD_MODE = "666";

    private static final String GROUP = "docker";

    private final RepairPolicy policy;
    private final PathFacts path;
    private final ProcessFacts process;
    private final Accounts accounts;

    RepairPlanner(RepairPolicy policy, PathFacts path, ProcessFacts process, Accounts accounts) {
        this.policy = policy;
        this.path = path;
        this.process = process;
        this.accounts = accounts;
    }

    RepairPlan plan(RepairMeans means) throws NoPlanException {
        if (means != RepairMeans.GROUP && Boolean.TRUE.equals(path.readOnlyMount())) {
            throw new NoPlanException(
                    path.realPath() + " is mounted read-only, so that its permissions cannot be changed from here");
        }
        return switch (means) {
            case ACL -> acl();
            case GROUP -> group();
            case OWNER -> owner();
            case WORLD -> world();
        };
    }

    private RepairPlan acl() throws NoPlanException {
        String setfacl = tool("setfacl", "the package acl has it");
        if (path.acl() == null) {
            throw new NoPlanException("its access control list cannot be read: there is no getfacl here");
        }
        AccessList list = new AccessList(path.acl());
        if (list.hidesEntries()) {
            throw new NoPlanException(
                    "its access control list has a mask that keeps others out, and one more entry would"
                            + " let them in");
        }
        String entry = "user:" + process.uid() + ":rw";
        return new RepairPlan(
                RepairMeans.ACL,
                List.of(new RepairPlan.Step(
                        List.of(setfacl, "--modify", entry, "--", path.realPath()),
                        AccessList.restoring(setfacl, path, process.uid(), path.acl()))));
    }

    private RepairPlan group() throws NoPlanException {
        long gid = path.gid();
        if (gid == 0 && !policy.groupZero()) {
            throw new NoPlanException(
                    "the socket's group is 0 (root), and the policy does not allow to put a user into it");
        }
        if (!path.groupMayUse()) {
            throw new NoPlanException("not even the socket's group may use it (mode " + path.mode() + ")");
        }
        if (accounts.user(process.uid()).isEmpty()) {
            throw new NoPlanException("the user with the number " + process.uid() + " has no name in /etc/passwd here");
        }
        List<RepairPlan.Step> steps = new ArrayList<>();
        GroupTools tools = GroupTools.find();
        String group = accounts.group(gid).orElse(null);
        if (group == null && path.group() != null) {
            throw new NoPlanException("the group " + path.group() + " (" + gid
                    + ") is not in /etc/group, but where the system asks besides (LDAP, SSSD): put "
                    + process.user() + " into it there");
        }
        if (group == null) {
            if (!policy.createGroups()) {
                throw new NoPlanException(
                        "no group has the number " + gid + " here, and the policy does not allow to make one");
            }
            group = newName(gid);
            steps.add(new RepairPlan.Step(tools.create(group, gid), tools.remove(group)));
        }
        steps.add(new RepairPlan.Step(tools.join(process.user(), group), tools.leave(process.user(), group)));
        return new RepairPlan(RepairMeans.GROUP, steps);
    }

    /** The name of the group that {@link RepairMeans#GROUP} puts the user into, as planned. */
    String groupName() {
        return accounts.group(path.gid()).orElseGet(() -> newName(path.gid()));
    }

    private String newName(long gid) {
        return accounts.hasGroup(GROUP) ? GROUP + "-" + gid : GROUP;
    }

    /** Whether a group of this name is one that a repair makes. */
    static boolean couldHaveMade(String group, long gid) {
        return GROUP.equals(group) || (GROUP + "-" + gid).equals(group);
    }

    private RepairPlan owner() throws NoPlanException {
        if (path.uid() != 0) {
            throw new NoPlanException("the socket does not belong to root, but to " + path.user());
        }
        String chown = tool("chown", "it is one of the coreutils");
        return new RepairPlan(
                RepairMeans.OWNER,
                List.of(new RepairPlan.Step(
                        List.of(chown, "-h", "--", process.uid().toString(), path.realPath()),
                        List.of(chown, "-h", "--", path.uid().toString(), path.realPath()))));
    }

    private RepairPlan world() throws NoPlanException {
        String chmod = tool("chmod", "it is one of the coreutils");
        return new RepairPlan(
                RepairMeans.WORLD,
                List.of(new RepairPlan.Step(
                        List.of(chmod, WORLD_MODE, "--", path.realPath()),
                        List.of(chmod, path.mode(), "--", path.realPath()))));
    }

    private static String tool(String name, String where) throws NoPlanException {
        return LocalCommand.find(name)
                .orElseThrow(() -> new NoPlanException("there is no " + name + " here; " + where));
    }
}

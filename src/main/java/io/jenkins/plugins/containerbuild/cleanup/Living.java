package io.jenkins.plugins.containerbuild.cleanup;

import hudson.model.Computer;
import hudson.model.Executor;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.containerbuild.engine.cleanup.Owners;
import io.jenkins.plugins.containerbuild.engine.cleanup.ReapRequest;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** Which of the builds and jobs that labels name are there no more. A build that waits over a restart is still there. */
final class Living {

    private Living() {}

    /** Those that are gone, of those for whom a daemon has something. */
    static ReapRequest goneOf(Owners owners) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Set<String> running = running();
            return new ReapRequest(
                    Makers.controller(),
                    owners.builds().stream()
                            .filter(build -> !running.contains(build) && hasEnded(build))
                            .collect(Collectors.toSet()),
                    owners.jobs().stream().filter(Living::isGone).collect(Collectors.toSet()));
        }
    }

    /** Whether a build has ended, or is not there any more. */
    static boolean isOver(String build) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return !running().contains(build) && hasEnded(build);
        }
    }

    /** Builds that executors work on, also by names that they had before their jobs were renamed. */
    private static Set<String> running() {
        Set<String> names = new TreeSet<>();
        for (Computer computer : Jenkins.get().getComputers()) {
            for (Executor executor : computer.getAllExecutors()) {
                if (executor.getCurrentExecutable() instanceof Run<?, ?> run) {
                    names.add(Makers.build(run));
                    names.addAll(BuildDaemons.namesOf(run));
                }
            }
        }
        return names;
    }

    private static boolean hasEnded(String build) {
        try {
            Run<?, ?> run = Run.fromExternalizableId(build);
            return run == null || !run.isLogUpdated();
        } catch (IllegalArgumentException e) {
            // No name of a build: whoever wrote this label may know what for.
            return false;
        }
    }

    private static boolean isGone(String job) {
        return !isThere(job) && JobDaemons.get().labelledBy(job).noneMatch(Living::isThere);
    }

    private static boolean isThere(String job) {
        return Jenkins.get().getItemByFullName(job, Item.class) != null;
    }
}

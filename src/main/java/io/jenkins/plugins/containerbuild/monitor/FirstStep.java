package io.jenkins.plugins.containerbuild.monitor;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Repairs the socket before a build's first container step on each node, where the policy says so. */
public final class FirstStep {

    private FirstStep() {}

    /**
     * Called before every step.
     *
     * @param workspace says which node
     * @param listener gets a log when something was done
     * @throws InterruptedException when the thread was interrupted
     */
    public static void prepare(Run<?, ?> run, FilePath workspace, TaskListener listener) throws InterruptedException {
        Computer computer = workspace.toComputer();
        if (computer != null
                && ContainerBuildsConfiguration.get().getSocketRepair().isBeforeFirstStep()
                && nodesOf(run).add(computer.getName())) {
            SocketUpkeep.of(computer)
                    .repair("the policy, before the first container step of " + run.getFullDisplayName(), listener);
        }
    }

    private static Set<String> nodesOf(Run<?, ?> run) {
        synchronized (run) {
            Nodes nodes = run.getAction(Nodes.class);
            if (nodes == null) {
                nodes = new Nodes();
                run.addAction(nodes);
            }
            return nodes.names;
        }
    }

    /** The nodes of a build where it was looked already; not saved, since a restarted controller may look again. */
    private static final class Nodes extends InvisibleAction {
        private final transient Set<String> names = ConcurrentHashMap.newKeySet();

        private Object readResolve() {
            return new Nodes();
        }
    }
}

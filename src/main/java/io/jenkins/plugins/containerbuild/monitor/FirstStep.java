package io.jenkins.plugins.containerbuild.monitor;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Repairs the socket before a build's first container step on each node, where the policy says so. */
public final class FirstStep {

    private FirstStep() {}

    /**
     * Called before every step. Steps of parallel branches wait until the first one's look is over.
     *
     * @param workspace says which node
     * @param listener gets a log when something was done
     * @throws InterruptedException when the thread was interrupted
     */
    public static void prepare(Run<?, ?> run, FilePath workspace, TaskListener listener) throws InterruptedException {
        Computer computer = workspace.toComputer();
        if (computer != null
                && ContainerBuildsConfiguration.get().getSocketRepair().isBeforeFirstStep()) {
            String reason = "the policy, before the first container step of " + run.getFullDisplayName();
            lookOf(run, computer).onlyOnce(() -> SocketUpkeep.of(computer).repair(reason, listener));
        }
    }

    private static Look lookOf(Run<?, ?> run, Computer computer) {
        synchronized (run) {
            Nodes nodes = run.getAction(Nodes.class);
            if (nodes == null) {
                nodes = new Nodes();
                run.addAction(nodes);
            }
            return nodes.looks.computeIfAbsent(computer.getName(), name -> new Look());
        }
    }

    /** Something that may be interrupted. */
    private interface Repair {
        void run() throws InterruptedException;
    }

    /** The look at one node. */
    private static final class Look {

        private final ReentrantLock lock = new ReentrantLock();
        private boolean over;

        void onlyOnce(Repair repair) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                if (!over) {
                    repair.run();
                    over = true;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** The nodes of a build where it was looked already; not saved, since a restarted controller may look again. */
    private static final class Nodes extends InvisibleAction {

        private final transient Map<String, Look> looks = new ConcurrentHashMap<>();

        private Object readResolve() {
            return new Nodes();
        }
    }
}

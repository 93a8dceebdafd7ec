package io.jenkins.plugins.containerbuild.monitor;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.PeriodicWork;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.containerbuild.agent.SocketAnswer;
import io.jenkins.plugins.containerbuild.engine.socket.RepairOutcome;
import io.jenkins.plugins.containerbuild.engine.socket.RepairResult;
import io.jenkins.plugins.containerbuild.registries.ConfiguredSocketRepair;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Starts an agent anew whose user has joined the socket's group: a process keeps the groups that it had when it started.
 * Until it has nothing to do, it only gets no new work. Only Jenkins' own launchers can start an agent anew; whoever
 * starts an inbound agent has to do it himself.
 */
@Extension
public final class ReconnectWhenIdle extends PeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(ReconnectWhenIdle.class.getName());

    /** Asks for a new start where it is needed, allowed and possible. */
    public static void ifNeeded(Computer computer, ConfiguredSocketRepair policy, SocketAnswer answer) {
        RepairResult repair = answer.repair();
        if (repair == null || repair.outcome() != RepairOutcome.RECONNECT_NEEDED) {
            return;
        }
        if (policy.isReconnectAgents() && computer.isLaunchSupported() && !computer.isTemporarilyOffline()) {
            computer.setTemporaryOfflineCause(new Waiting());
        }
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.SECONDS.toMillis(10);
    }

    @Override
    protected void doRun() {
        for (Computer computer : Jenkins.get().getComputers()) {
            if (isWaiting(computer) && computer.isIdle() && computer.getChannel() != null) {
                Computer.threadPoolForRemoting.execute(() -> restart(computer));
            }
        }
    }

    private static boolean isWaiting(Computer computer) {
        Node node = computer.getNode();
        return node != null && node.getTemporaryOfflineCause() instanceof Waiting;
    }

    private static void restart(Computer computer) {
        try {
            computer.disconnect(new Waiting()).get();
            computer.setTemporaryOfflineCause(null);
            computer.connect(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not start the agent " + computer.getDisplayName() + " anew");
        }
    }

    /** Why the node gets no work for now. */
    private static final class Waiting extends OfflineCause {
        @Override
        public String toString() {
            return Messages.ReconnectWhenIdle_cause();
        }
    }
}

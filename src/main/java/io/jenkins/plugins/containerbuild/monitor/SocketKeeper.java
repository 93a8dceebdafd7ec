package io.jenkins.plugins.containerbuild.monitor;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import hudson.slaves.ComputerListener;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;

/**
 * Repairs the socket of a node that has connected, where the policy says so. An agent may be there before its daemon is,
 * most of all one that Docker itself has started again; so what cannot be done yet is tried some more times.
 */
@Extension
public final class SocketKeeper extends ComputerListener {

    private static final String REASON = "the policy, since the node has connected";

    /** How long to wait before each further look: two minutes in all, in which a daemon has started. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(40), Duration.ofMinutes(1));

    /** In the background: an agent is not to wait for Docker. */
    @Override
    public void onOnline(Computer computer, TaskListener listener) {
        if (ContainerBuildsConfiguration.get().getSocketRepair().isOnConnect()) {
            repair(computer, computer.getChannel(), listener, PAUSES);
        }
    }

    /** @param connection of when the node came: a later one has looks of its own */
    private static void repair(
            Computer computer, VirtualChannel connection, TaskListener listener, List<Duration> pauses) {
        Computer.threadPoolForRemoting.execute(() -> {
            try {
                if (computer.getChannel() != connection
                        || SocketUpkeep.of(computer).repair(REASON, listener)
                        || pauses.isEmpty()) {
                    return;
                }
                Timer.get()
                        .schedule(
                                () -> repair(computer, connection, listener, pauses.subList(1, pauses.size())),
                                pauses.get(0).toMillis(),
                                TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}

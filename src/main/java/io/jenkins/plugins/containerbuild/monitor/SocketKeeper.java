package io.jenkins.plugins.containerbuild.monitor;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.slaves.ComputerListener;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;

/** Repairs the socket of a node that has connected, where the policy says so. */
@Extension
public final class SocketKeeper extends ComputerListener {

    /** In the background: an agent is not to wait for Docker. */
    @Override
    public void onOnline(Computer computer, TaskListener listener) {
        if (ContainerBuildsConfiguration.get().getSocketRepair().isOnConnect()) {
            Computer.threadPoolForRemoting.execute(() -> {
                try {
                    SocketUpkeep.of(computer).repair("the policy, since the node has connected", listener);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }
}

package io.jenkins.plugins.containerbuild.monitor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Computer;
import hudson.model.TransientComputerActionFactory;
import hudson.remoting.VirtualChannel;
import hudson.security.Permission;
import io.jenkins.plugins.containerbuild.agent.SocketLook;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.socket.SocketDiagnosis;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The page "Docker" of a node: what its agent sees of the Docker socket, and what to do. */
public final class SocketNodePage implements Action, StaplerProxy {

    private static final Logger LOGGER = Logger.getLogger(SocketNodePage.class.getName());
    private static final long LIMIT_SECONDS = 10;

    private final Computer computer;

    private SocketNodePage(Computer computer) {
        this.computer = computer;
    }

    private boolean mayLook() {
        return computer.hasPermission(Computer.EXTENDED_READ);
    }

    @CheckForNull
    @Override
    public String getIconFileName() {
        return mayLook() ? "symbol-cube-outline plugin-ionicons-api" : null;
    }

    @CheckForNull
    @Override
    public String getDisplayName() {
        return mayLook() ? Messages.DockerMonitor_displayName() : null;
    }

    @NonNull
    @Override
    public String getUrlName() {
        return "docker-socket";
    }

    /** For the view. */
    public Computer getComputer() {
        return computer;
    }

    /** For the view. */
    public Permission getRequiredPermission() {
        return Computer.EXTENDED_READ;
    }

    /** Whether an administrator has allowed any way to repair. */
    public boolean isRepairAllowed() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                && ContainerBuildsConfiguration.get()
                        .getSocketRepair()
                        .toPolicy()
                        .allowsAnything();
    }

    /** Looks now; null when the agent is offline or does not answer. */
    @CheckForNull
    public SocketSummary getLook() throws InterruptedException {
        VirtualChannel channel = computer.getChannel();
        if (channel == null) {
            return null;
        }
        try {
            EndpointRequest endpoint = NodeEndpoint.of(computer, null);
            // All of it in the background: an agent that hangs is not to hang the page.
            Future<SocketDiagnosis> look =
                    Computer.threadPoolForRemoting.submit(() -> channel.call(SocketLook.over(channel, endpoint)));
            try {
                return new SocketSummary(look.get(LIMIT_SECONDS, TimeUnit.SECONDS));
            } finally {
                look.cancel(true);
            }
        } catch (IOException | ExecutionException | TimeoutException | EngineException e) {
            LOGGER.log(Level.INFO, e, () -> "Could not look at the Docker socket of " + computer.getDisplayName());
            return null;
        }
    }

    /** Repairs as the policy allows; the log is the agent's. */
    @RequirePOST
    public HttpResponse doRepair() throws InterruptedException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        SocketUpkeep.of(computer).repair("an administrator on the node's page", AgentLog.of(computer));
        return HttpResponses.forwardToPreviousPage();
    }

    @Override
    public Object getTarget() {
        computer.checkPermission(Computer.EXTENDED_READ);
        return this;
    }

    /** Gives every node its page. */
    @Extension
    public static final class Factory extends TransientComputerActionFactory {

        @Override
        public Collection<? extends Action> createFor(Computer target) {
            return List.of(new SocketNodePage(target));
        }
    }
}

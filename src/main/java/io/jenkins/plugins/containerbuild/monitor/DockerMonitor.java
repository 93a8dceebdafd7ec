package io.jenkins.plugins.containerbuild.monitor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Computer;
import hudson.model.ComputerSet;
import hudson.node_monitors.AbstractAsyncNodeMonitorDescriptor;
import hudson.node_monitors.NodeMonitor;
import hudson.remoting.Callable;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.containerbuild.agent.SocketLook;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.socket.SocketDiagnosis;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The column "Docker" of the page of all nodes: whether each agent's user can use its daemon. */
public class DockerMonitor extends NodeMonitor {

    private static final Logger LOGGER = Logger.getLogger(DockerMonitor.class.getName());

    /** There is nothing to set up. */
    @DataBoundConstructor
    public DockerMonitor() {
        // nothing to keep
    }

    /** What a cell of the column shows; null where nobody has looked yet. */
    @CheckForNull
    public SocketSummary summary(@CheckForNull Object look) {
        return look instanceof SocketDiagnosis diagnosis ? new SocketSummary(diagnosis) : null;
    }

    /** Whether administrators have agents looked at. */
    static boolean isOn() {
        return ComputerSet.getNonIgnoredMonitors().containsKey(Jenkins.get().getDescriptorOrDie(DockerMonitor.class));
    }

    /** Looks at all agents at the same time, as often as Jenkins' other monitors do. */
    @Extension
    @Symbol("docker")
    public static final class DescriptorImpl extends AbstractAsyncNodeMonitorDescriptor<SocketDiagnosis> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DockerMonitor_displayName();
        }

        /** A node without Docker is a node like others. */
        @Override
        public boolean canTakeOffline() {
            return false;
        }

        @CheckForNull
        @Override
        protected Callable<SocketDiagnosis, IOException> createCallable(Computer computer) {
            VirtualChannel channel = computer.getChannel();
            if (channel == null) {
                return null;
            }
            try {
                return SocketLook.over(channel, NodeEndpoint.of(computer, null));
            } catch (EngineException | IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "Cannot look at the Docker socket of " + computer.getDisplayName());
                return null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
    }
}

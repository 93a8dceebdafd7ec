package io.jenkins.plugins.containerbuild.monitor;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import io.jenkins.plugins.containerbuild.agent.EngineCall;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.agent.SocketAnswer;
import io.jenkins.plugins.containerbuild.agent.WireEndpoint;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.socket.RepairResult;
import io.jenkins.plugins.containerbuild.engine.socket.SocketText;
import io.jenkins.plugins.containerbuild.registries.ConfiguredSocketRepair;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Repairs the Docker socket of a node as the administrators' policy allows, without a job having asked. Trouble is logged
 * and never anybody's failure: whoever needs the socket afterwards says what is wrong with it.
 */
public final class SocketUpkeep {

    private static final Logger LOGGER = Logger.getLogger(SocketUpkeep.class.getName());

    private final Computer computer;
    private final ConfiguredSocketRepair policy;

    private SocketUpkeep(Computer computer) {
        this.computer = computer;
        policy = ContainerBuildsConfiguration.get().getSocketRepair();
    }

    /** Of this node, by the policy of this moment. */
    public static SocketUpkeep of(Computer computer) {
        return new SocketUpkeep(computer);
    }

    /**
     * Repairs if the policy allows anything and the socket cannot be used.
     *
     * @param reason who or what wants it, for the logs
     * @param listener gets a log when something was done
     * @return whether that is all that can be done: false where the daemon, or who helps, did not answer yet
     * @throws InterruptedException when the thread was interrupted
     */
    public boolean repair(String reason, TaskListener listener) throws InterruptedException {
        Node node = computer.getNode();
        FilePath root = node == null ? null : node.getRootPath();
        if (root == null || !policy.toPolicy().allowsAnything()) {
            return true;
        }
        try {
            SocketAnswer answer = new EngineCall(
                            NodeEndpoint.of(computer, null),
                            Registries.none(),
                            CredentialsSource.ANONYMOUS,
                            BuildSecrets.NONE)
                    .run(new EngineTask.RepairSocket(policy.toPolicy(), helpers(policy)), root, listener);
            if (SocketAudit.note(computer, reason, answer)) {
                SocketText.of(answer.repair()).forEach(listener.getLogger()::println);
            }
            ReconnectWhenIdle.ifNeeded(computer, policy, answer);
            RepairResult repair = answer.repair();
            return repair == null || !repair.outcome().mayChangeByItself();
        } catch (EngineException | IOException e) {
            LOGGER.log(
                    Level.WARNING, e, () -> "Could not look after the Docker socket of " + computer.getDisplayName());
            return false;
        }
    }

    /**
     * The daemons that may run a command as root in an agent's own container.
     *
     * @throws EngineException when the policy names a server that is not there, or its credentials cannot be had
     */
    public static List<WireEndpoint> helpers(ConfiguredSocketRepair policy) throws EngineException {
        String server = policy.getHelperServer();
        return server == null
                ? List.of()
                : List.of(WireEndpoint.of(ContainerBuildsConfiguration.get().endpointFor(server, Map.of())));
    }
}

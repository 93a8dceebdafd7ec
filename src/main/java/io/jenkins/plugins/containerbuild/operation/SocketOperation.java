package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.agent.SocketAnswer;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.socket.RepairPolicy;
import io.jenkins.plugins.containerbuild.engine.socket.RepairResult;
import io.jenkins.plugins.containerbuild.engine.socket.SocketFix;
import io.jenkins.plugins.containerbuild.engine.socket.SocketText;
import io.jenkins.plugins.containerbuild.engine.socket.UndoResult;
import io.jenkins.plugins.containerbuild.monitor.NodeEndpoint;
import io.jenkins.plugins.containerbuild.monitor.ReconnectWhenIdle;
import io.jenkins.plugins.containerbuild.monitor.SocketAudit;
import io.jenkins.plugins.containerbuild.monitor.SocketUpkeep;
import io.jenkins.plugins.containerbuild.registries.ConfiguredSocketRepair;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.io.IOException;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Looks at the Docker socket from where the agent is, repairs it as far as administrators allow, or takes that back. */
public final class SocketOperation extends DaemonOperation<SocketAnswer> {

    private static final long serialVersionUID = 1L;

    private boolean repair;
    private boolean undo;

    /** Only looks, unless said otherwise. */
    @DataBoundConstructor
    public SocketOperation() {
        // all options are optional
    }

    /** Whether to repair. */
    public boolean isRepair() {
        return repair;
    }

    /** See {@link #isRepair()}. */
    @DataBoundSetter
    public void setRepair(boolean repair) {
        this.repair = repair;
    }

    /** Whether to take the last repair back. */
    public boolean isUndo() {
        return undo;
    }

    /** See {@link #isUndo()}. */
    @DataBoundSetter
    public void setUndo(boolean undo) {
        this.undo = undo;
    }

    @Override
    EngineTask<SocketAnswer> task(OptionReader options) throws EngineException {
        if (repair && undo) {
            throw new InvalidRequestException(
                    "could not repair the Docker socket", "'repair' and 'undo' are both true", "Choose one of them");
        }
        ConfiguredSocketRepair configured = ContainerBuildsConfiguration.get().getSocketRepair();
        if (undo) {
            return new EngineTask.UndoSocketRepair(configured.toPolicy(), SocketUpkeep.helpers(configured));
        }
        if (repair) {
            RepairPolicy policy = configured.isByJobs() ? configured.toPolicy() : RepairPolicy.OFF;
            return new EngineTask.RepairSocket(policy, SocketUpkeep.helpers(configured));
        }
        return new EngineTask.LookAtSocket();
    }

    /** A repair goes to the node's own daemon, whatever the build's variables say. */
    @Override
    EndpointRequest endpoint(OperationContext context, Map<String, String> variables)
            throws EngineException, InterruptedException {
        Computer computer = context.workspace().toComputer();
        if (!repair && !undo || computer == null) {
            return super.endpoint(context, variables);
        }
        try {
            return NodeEndpoint.of(computer, context.text(getServer()));
        } catch (IOException e) {
            throw new EngineException(
                    "could not find the Docker socket of the node '" + computer.getName() + "'",
                    String.valueOf(e.getMessage()),
                    "Look at the environment variables of the node",
                    e);
        }
    }

    /** It looks at the socket as it is. */
    @Override
    boolean usesDaemon() {
        return false;
    }

    @Override
    void report(OperationContext context, SocketAnswer answer) throws EngineException {
        TaskListener listener = context.listener();
        Computer computer = context.workspace().toComputer();
        if (answer.repair() != null) {
            SocketText.of(answer.repair()).forEach(listener.getLogger()::println);
        }
        if (answer.undo() != null) {
            SocketText.of(answer.undo()).forEach(listener.getLogger()::println);
        }
        SocketText.of(answer.diagnosis()).forEach(listener.getLogger()::println);
        if (computer != null) {
            SocketAudit.note(computer, context.run().getFullDisplayName(), answer);
            ReconnectWhenIdle.ifNeeded(
                    computer, ContainerBuildsConfiguration.get().getSocketRepair(), answer);
        }
        refuseHalfDone(answer);
    }

    /** Who asked for a change must not go on without it. */
    private static void refuseHalfDone(SocketAnswer answer) throws EngineException {
        RepairResult repaired = answer.repair();
        if (repaired != null && !answer.diagnosis().usable()) {
            String advice =
                    switch (repaired.outcome()) {
                        case NOT_ALLOWED ->
                            "An administrator can allow it under Manage Jenkins, Container builds, Docker socket; "
                                    + "without that: " + fix(answer);
                        case RECONNECT_NEEDED -> "Start the agent anew; a group counts from then on";
                        default -> fix(answer);
                    };
            throw new EngineException(
                    "could not repair the Docker socket " + answer.diagnosis().uri(), repaired.why(), advice);
        }
        UndoResult undone = answer.undo();
        if (undone != null && !undone.undone()) {
            throw new EngineException(
                    "could not take back the repair of the Docker socket "
                            + answer.diagnosis().uri(),
                    undone.why(),
                    "Look at its permissions");
        }
    }

    private static String fix(SocketAnswer answer) {
        SocketFix fix = answer.diagnosis().fix();
        return fix.lines().isEmpty() ? fix.title() : fix.title() + ":\n" + String.join("\n", fix.lines());
    }

    @Override
    OperationResult result(SocketAnswer answer) {
        return SocketStatus.of(answer);
    }

    /** Checks for the form. */
    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SocketOperation_DisplayName();
        }

        /** Says who decides. */
        @POST
        public FormValidation doCheckRepair(
                @AncestorInPath Item item, @QueryParameter boolean value, @QueryParameter boolean undo) {
            if (!mayCheck(item) || !value) {
                return FormValidation.ok();
            }
            if (undo) {
                return FormValidation.error(Messages.SocketOperation_Both());
            }
            return ContainerBuildsConfiguration.get().getSocketRepair().isByJobs()
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.SocketOperation_NotAllowed());
        }
    }
}

package io.jenkins.plugins.containerbuild.agent;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.remoting.Channel;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.ProxyException;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;

/**
 * The agent that had the work is gone. Its cause is always one by which Jenkins tells a lost agent from a failed build,
 * so that {@code retry(conditions: [agent()])} tries again.
 */
public final class AgentLostException extends AbortException {

    private static final long serialVersionUID = 1L;

    private AgentLostException(String message, Throwable cause) {
        super(message);
        // A copy of the cause: Pipeline saves a failed step's exception, and Remoting's own cannot be saved.
        initCause(
                new ChannelClosedException((Channel) null, message, cause == null ? null : new ProxyException(cause)));
    }

    /** Whether a call failed since the agent is gone, and not for any other reason. */
    static boolean explains(Exception e, VirtualChannel channel) {
        return Channel.isClosedChannelException(e)
                || e instanceof RequestAbortedException
                || channel instanceof Channel remote && remote.isClosingOrClosed();
    }

    /** The agent's name, for messages; not known any more once the agent is gone. */
    static String agentOf(FilePath workspace) {
        Computer computer = workspace.toComputer();
        return computer == null || computer.getName().isEmpty()
                ? "the agent"
                : "the agent '" + computer.getName() + "'";
    }

    /**
     * The agent was lost while it worked.
     *
     * @param agent its name, as {@link #agentOf} gives it
     */
    static AgentLostException during(String agent, Exception cause) {
        return new AgentLostException(
                "could not finish on " + agent + ": the connection to it was lost (" + reason(cause)
                        + "). Run the build again; a Pipeline does so by itself"
                        + " inside retry(count: 2, conditions: [agent()])",
                cause);
    }

    /**
     * The agent did not come back after a restart of the controller.
     *
     * @param waited how long it was waited for, in words
     * @param cause why it is not there, or null
     */
    public static AgentLostException afterRestart(String waited, Throwable cause) {
        return new AgentLostException(
                "could not go on after the restart of Jenkins: the agent did not come back within " + waited
                        + ". Start the agent and run the build again; a Pipeline does so by itself"
                        + " inside retry(count: 2, conditions: [agent()])",
                cause);
    }

    private static String reason(Throwable cause) {
        Throwable deepest = cause;
        for (int depth = 0; deepest.getCause() != null && depth < 20; depth++) {
            deepest = deepest.getCause();
        }
        String text = deepest.getMessage();
        String kind = deepest.getClass().getSimpleName();
        return text == null || text.isBlank() ? kind : kind + ": " + text;
    }
}

package io.jenkins.plugins.containerbuild.operation;

import io.jenkins.plugins.containerbuild.engine.container.RunResult;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** How a command in a container ended. */
public final class CommandResult implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String output;
    private final boolean truncated;
    private final long durationMillis;

    private CommandResult(RunResult answer) {
        exitCode = answer.exitCode();
        output = answer.output();
        truncated = answer.truncated();
        durationMillis = answer.duration().toMillis();
    }

    static CommandResult of(RunResult answer) {
        return new CommandResult(answer);
    }

    /** Its exit code. */
    @Whitelisted
    public int getExitCode() {
        return exitCode;
    }

    /** Its standard output, at most the first megabyte; empty when a file got it. */
    @Whitelisted
    public String getOutput() {
        return output;
    }

    /** Whether there was more. */
    @Whitelisted
    public boolean isTruncated() {
        return truncated;
    }

    /** How long it ran, in milliseconds. */
    @Whitelisted
    public long getDurationMillis() {
        return durationMillis;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of(EXIT_CODE, Integer.toString(exitCode));
    }

    /** The output, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return output;
    }
}

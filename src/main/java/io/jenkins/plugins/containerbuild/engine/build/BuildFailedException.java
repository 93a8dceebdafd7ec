package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.util.List;
import java.util.function.UnaryOperator;

/** The daemon ran the build and it failed: an instruction of the Dockerfile, or the daemon itself. */
public class BuildFailedException extends EngineException {

    private static final long serialVersionUID = 1L;

    private final String instruction;
    private final List<String> lastLines;

    /**
     * @param what what could not be built
     * @param why the daemon's reason
     * @param advice what to do next; may be empty
     * @param instruction the instruction that failed, as the daemon named it, or null when none was running
     * @param lastLines the last lines of output, oldest first
     */
    public BuildFailedException(String what, String why, String advice, String instruction, List<String> lastLines) {
        super(what, withOutput(why, instruction, lastLines), advice);
        this.instruction = instruction;
        this.lastLines = List.copyOf(lastLines);
    }

    private BuildFailedException(BuildFailedException other, UnaryOperator<String> change, Throwable cause) {
        super(change.apply(other.what()), change.apply(other.why()), change.apply(other.advice()), cause);
        instruction = other.instruction == null ? null : change.apply(other.instruction);
        lastLines = other.lastLines.stream().map(change).toList();
    }

    private static String withOutput(String why, String instruction, List<String> lastLines) {
        StringBuilder text = new StringBuilder(why);
        if (instruction != null) {
            text.append("\nFailed instruction: ").append(instruction);
        }
        if (!lastLines.isEmpty()) {
            text.append("\nLast ")
                    .append(lastLines.size())
                    .append(lastLines.size() == 1 ? " line" : " lines")
                    .append(" of output:");
            lastLines.forEach(line -> text.append("\n  ").append(line));
            text.append('\n');
        }
        return text.toString();
    }

    /** The instruction that failed, as the daemon named it; null when none was running. */
    public String instruction() {
        return instruction;
    }

    /** The last lines of the build's output, oldest first; at most 30. */
    public List<String> lastLines() {
        return lastLines;
    }

    @Override
    protected EngineException withTexts(UnaryOperator<String> change, Throwable otherCause) {
        return new BuildFailedException(this, change, otherCause);
    }
}

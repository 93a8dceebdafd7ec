package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.util.List;
import java.util.function.UnaryOperator;

/** The daemon ran the build and it failed: an instruction of the Dockerfile, or the daemon itself. */
public class BuildFailedException extends EngineException {

    private static final long serialVersionUID = 1L;

    private final String instruction;
    private final DockerfileExcerpt excerpt;
    private final Integer exitCode;
    private final List<String> lastLines;

    /**
     * Where the daemon tells of neither place nor exit code.
     *
     * @param what what could not be built
     * @param why the daemon's reason
     * @param advice what to do next; may be empty
     * @param instruction the instruction that failed, as the daemon named it, or null when none was running
     * @param lastLines the last lines of output, oldest first
     */
    public BuildFailedException(String what, String why, String advice, String instruction, List<String> lastLines) {
        this(what, why, advice, instruction, null, null, lastLines);
    }

    /**
     * @param what what could not be built
     * @param why the daemon's reason
     * @param advice what to do next; may be empty
     * @param instruction the instruction that failed, as the daemon named it, or null when none was running
     * @param excerpt where the Dockerfile has it, or null when the daemon does not tell
     * @param exitCode the failed command's exit code, or null when it was no command that failed
     * @param lastLines the last lines of output, oldest first
     */
    public BuildFailedException(
            String what,
            String why,
            String advice,
            String instruction,
            DockerfileExcerpt excerpt,
            Integer exitCode,
            List<String> lastLines) {
        super(what, withDetails(why, instruction, excerpt, lastLines), advice);
        this.instruction = instruction;
        this.excerpt = excerpt;
        this.exitCode = exitCode;
        this.lastLines = List.copyOf(lastLines);
    }

    private BuildFailedException(BuildFailedException other, UnaryOperator<String> change, Throwable cause) {
        super(change.apply(other.what()), change.apply(other.why()), change.apply(other.advice()), cause);
        instruction = other.instruction == null ? null : change.apply(other.instruction);
        excerpt = other.excerpt == null ? null : other.excerpt.changed(change);
        exitCode = other.exitCode;
        lastLines = other.lastLines.stream().map(change).toList();
    }

    private static String withDetails(
            String why, String instruction, DockerfileExcerpt excerpt, List<String> lastLines) {
        StringBuilder text = new StringBuilder(why);
        if (excerpt != null) {
            text.append('\n').append(excerpt);
        } else if (instruction != null) {
            text.append("\nFailed instruction: ").append(instruction);
        }
        if (!lastLines.isEmpty()) {
            text.append("\nLast ")
                    .append(lastLines.size())
                    .append(lastLines.size() == 1 ? " line" : " lines")
                    .append(" of output:");
            lastLines.forEach(line -> text.append("\n  ").append(line));
        }
        return text.indexOf("\n") < 0 ? text.toString() : text.append('\n').toString();
    }

    /** The instruction that failed, as the daemon named it; null when none was running. */
    public String instruction() {
        return instruction;
    }

    /** Where the Dockerfile has it; null when the daemon does not tell. */
    public DockerfileExcerpt excerpt() {
        return excerpt;
    }

    /** The failed command's exit code; null when it was no command that failed, or nobody tells. */
    public Integer exitCode() {
        return exitCode;
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

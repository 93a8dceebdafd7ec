package io.jenkins.plugins.containerbuild.engine;

import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Says in one message what could not be done, why, and what to do next. The three parts are also there one by one, so
 * that a page or a JSON document can lay them out.
 *
 * <p>The engine throws nothing else to its callers but this family, {@link InterruptedException} when the call was
 * cancelled, and unchecked exceptions for programming errors.
 */
public class EngineException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String why;
    private final String advice;

    /**
     * @param what what could not be done, on what: "could not push registry.example/app:1"
     * @param why the reason, as precise as it is known, without a full stop at its end
     * @param advice what the reader can do next, without a full stop at its end; empty where nothing helps
     */
    public EngineException(String what, String why, String advice) {
        this(what, why, advice, null);
    }

    /**
     * @param what what could not be done, on what
     * @param why the reason, without a full stop at its end
     * @param advice what to do next, without a full stop at its end; empty where nothing helps
     * @param cause the technical cause, or null
     */
    public EngineException(String what, String why, String advice, Throwable cause) {
        super(sentence(what, why, advice), cause);
        this.what = Objects.requireNonNull(what, "what");
        this.why = Objects.requireNonNull(why, "why");
        this.advice = Objects.requireNonNull(advice, "advice");
    }

    private static String sentence(String what, String why, String advice) {
        String reason = what + ": " + why;
        if (advice.isEmpty()) {
            return reason;
        }
        // A reason of several lines ends with a line of its own.
        return reason + (why.endsWith("\n") ? "" : ". ") + advice;
    }

    /** What could not be done. */
    public String what() {
        return what;
    }

    /** Why it could not be done. */
    public String why() {
        return why;
    }

    /** What to do next; empty where there is no advice. */
    public String advice() {
        return advice;
    }

    /**
     * The same failure with its texts changed. A kind of failure that callers tell apart overrides this to stay of its kind.
     *
     * @param change applied to each text
     * @param otherCause the technical cause, or null
     */
    protected EngineException withTexts(UnaryOperator<String> change, Throwable otherCause) {
        EngineException changed =
                new EngineException(change.apply(what), change.apply(why), change.apply(advice), otherCause);
        changed.setStackTrace(getStackTrace());
        return changed;
    }
}

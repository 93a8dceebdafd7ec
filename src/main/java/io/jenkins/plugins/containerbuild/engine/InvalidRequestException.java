package io.jenkins.plugins.containerbuild.engine;

import java.util.function.UnaryOperator;

/**
 * The request itself is wrong: an unparsable reference, a missing context, an option that the daemon cannot do. Nothing
 * was changed anywhere, and trying again without a change will fail the same way.
 */
public class InvalidRequestException extends EngineException {

    private static final long serialVersionUID = 1L;

    /** See {@link EngineException#EngineException(String, String, String)}. */
    public InvalidRequestException(String what, String why, String advice) {
        super(what, why, advice);
    }

    /** See {@link EngineException#EngineException(String, String, String, Throwable)}. */
    public InvalidRequestException(String what, String why, String advice, Throwable cause) {
        super(what, why, advice, cause);
    }

    @Override
    protected EngineException withTexts(UnaryOperator<String> change, Throwable otherCause) {
        return new InvalidRequestException(
                change.apply(what()), change.apply(why()), change.apply(advice()), otherCause);
    }
}

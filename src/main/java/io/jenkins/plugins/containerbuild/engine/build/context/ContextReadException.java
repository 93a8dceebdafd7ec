package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.io.IOException;

/**
 * A file of the context could not be read while it was being sent. An I/O error, since it comes out of a stream, which
 * knows the words that its user should read in the end.
 */
public final class ContextReadException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String why;
    private final String advice;

    ContextReadException(String what, String why, String advice, IOException cause) {
        super(what + ": " + why + ". " + advice, cause);
        this.what = what;
        this.why = why;
        this.advice = advice;
    }

    /** The same as a failure of the engine. */
    public EngineException toEngineException() {
        return new EngineException(what, why, advice, this);
    }
}

package io.jenkins.plugins.containerbuild.engine.endpoint;

import io.jenkins.plugins.containerbuild.engine.EngineException;

/** No daemon could be reached, or the connection to it was lost. */
public class EndpointException extends EngineException {

    private static final long serialVersionUID = 1L;

    /** See {@link EngineException#EngineException(String, String, String)}. */
    public EndpointException(String what, String why, String advice) {
        super(what, why, advice);
    }

    /** See {@link EngineException#EngineException(String, String, String, Throwable)}. */
    public EndpointException(String what, String why, String advice, Throwable cause) {
        super(what, why, advice, cause);
    }
}

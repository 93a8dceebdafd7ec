package io.jenkins.plugins.containerbuild.engine.endpoint;

/** A builder could not be reached, or its connection was lost: another one might do what it did not. */
public final class BuilderLostException extends EndpointException {

    private static final long serialVersionUID = 1L;

    /** See {@link io.jenkins.plugins.containerbuild.engine.EngineException}. */
    public BuilderLostException(String what, String why, String advice, Throwable cause) {
        super(what, why, advice, cause);
    }
}

package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.EngineException;

/** A registry refused, was not understood, or could not be reached. */
public class RegistryException extends EngineException {

    private static final long serialVersionUID = 1L;

    /** See {@link EngineException#EngineException(String, String, String, Throwable)}. */
    public RegistryException(String what, String why, String advice, Throwable cause) {
        super(what, why, advice, cause);
    }
}

package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;

/** Options that do not go together; ends with the exit code for wrong usage. */
final class UsageException extends EngineException {

    private static final long serialVersionUID = 1L;

    UsageException(String what, String why, String advice) {
        super(what, why, advice);
    }
}

package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.EngineException;

/** The thread that ran the engine was interrupted; a callable has no other way to say it. */
final class CancelledException extends EngineException {

    private static final long serialVersionUID = 1L;

    CancelledException() {
        super("could not finish", "the work was cancelled where it ran", "Run the build again");
    }
}

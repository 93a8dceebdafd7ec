package io.jenkins.plugins.containerbuild.engine.build.buildkit.transport;

import java.io.IOException;

/** The daemon answered, but offers no BuildKit. The message says how it answered. */
public final class BuildKitRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    BuildKitRefusedException(String message) {
        super(message);
    }
}

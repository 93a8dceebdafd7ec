package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure;

/** A failure, and at whose registry: where two take part in something, either may have failed. */
final class SessionFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Session session;
    private final RegistryFailure failure;

    SessionFailure(Session session, RegistryFailure failure) {
        super(failure.getMessage(), failure);
        this.session = session;
        this.failure = failure;
    }

    Session session() {
        return session;
    }

    RegistryFailure failure() {
        return failure;
    }
}

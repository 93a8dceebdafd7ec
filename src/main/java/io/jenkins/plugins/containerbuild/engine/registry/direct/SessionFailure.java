package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure;

/** A failure, and at whose registry: where two take part in something, either may have failed. */
final class SessionFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Session session;
    private final RegistryFailure failure;
    private final boolean ofLogin;

    SessionFailure(Session session, RegistryFailure failure) {
        this(session, failure, false);
    }

    private SessionFailure(Session session, RegistryFailure failure, boolean ofLogin) {
        super(failure.getMessage(), failure);
        this.session = session;
        this.failure = failure;
        this.ofLogin = ofLogin;
    }

    /** The same, which happened at the token service and not at the registry. */
    SessionFailure duringLogin() {
        return new SessionFailure(session, failure, true);
    }

    boolean isOfLogin() {
        return ofLogin;
    }

    Session session() {
        return session;
    }

    RegistryFailure failure() {
        return failure;
    }
}

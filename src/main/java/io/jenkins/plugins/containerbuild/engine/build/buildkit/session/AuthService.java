package io.jenkins.plugins.containerbuild.engine.build.buildkit.session;

import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.AuthGrpc;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.CredentialsRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.CredentialsResponse;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAccess;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Answers BuildKit's question for a registry's login at the moment it needs one. A registry that nobody configured gets
 * an empty answer, which means anonymous. An identity token goes as a secret without a name.
 */
public final class AuthService extends AuthGrpc.AuthImplBase implements SessionPart {

    private final RegistryAccess registries;
    private final EngineListener listener;
    private final AtomicReference<EngineException> failure = new AtomicReference<>();
    private final AtomicBoolean gaveLogin = new AtomicBoolean();

    /**
     * @param registries knows the logins
     * @param listener told of logins that cannot be had but may not be needed; called from any thread
     */
    public AuthService(RegistryAccess registries, EngineListener listener) {
        this.registries = registries;
        this.listener = listener;
    }

    @Override
    public void credentials(CredentialsRequest request, StreamObserver<CredentialsResponse> answer) {
        try {
            Optional<RegistryCredentials> login = registries.loginAt(request.getHost(), listener);
            if (login.isPresent()) {
                gaveLogin.set(true);
            }
            answer.onNext(login.map(AuthService::response).orElseGet(CredentialsResponse::getDefaultInstance));
            answer.onCompleted();
        } catch (EngineException e) {
            failure.compareAndSet(null, e);
            answer.onError(Status.UNAUTHENTICATED
                    .withDescription("the login for " + request.getHost() + " cannot be had")
                    .asRuntimeException());
        }
    }

    private static CredentialsResponse response(RegistryCredentials login) {
        return CredentialsResponse.newBuilder()
                .setUsername(login.identityToken() ? "" : login.username())
                .setSecret(login.secret().reveal())
                .build();
    }

    @Override
    public List<ServerServiceDefinition> services() {
        return List.of(bindService());
    }

    /** Whether the daemon was given a login. It keeps it for the session, whichever build that serves. */
    public boolean gaveLogin() {
        return gaveLogin.get();
    }

    /** Why a login that the build was told to use cannot be had, or null. */
    @Override
    public EngineException failure() {
        return failure.get();
    }
}

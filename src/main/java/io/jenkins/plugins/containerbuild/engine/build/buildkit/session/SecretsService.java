package io.jenkins.plugins.containerbuild.engine.build.buildkit.session;

import com.google.protobuf.ByteString;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.SecretBytes;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.GetSecretRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.GetSecretResponse;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SecretsGrpc;
import io.jenkins.plugins.containerbuild.engine.build.secret.SecretValues;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Hands out secrets at the moment an instruction reads them. */
public final class SecretsService extends SecretsGrpc.SecretsImplBase implements SessionPart {

    private final SecretValues secrets;
    private final AtomicReference<EngineException> failure = new AtomicReference<>();

    /** @param secrets knows the values */
    public SecretsService(SecretValues secrets) {
        this.secrets = secrets;
    }

    @Override
    public void getSecret(GetSecretRequest request, StreamObserver<GetSecretResponse> answer) {
        Optional<SecretBytes> found;
        try {
            found = secrets.get(request.getID());
        } catch (EngineException e) {
            failure.compareAndSet(null, e);
            answer.onError(Status.INTERNAL
                    .withDescription("the secret " + request.getID() + " cannot be had")
                    .asRuntimeException());
            return;
        }
        if (found.isEmpty()) {
            // The daemon knows whether the instruction can do without it.
            answer.onError(Status.NOT_FOUND
                    .withDescription("no secret " + request.getID() + " was given")
                    .asRuntimeException());
            return;
        }
        try (SecretBytes secret = found.get()) {
            answer.onNext(GetSecretResponse.newBuilder()
                    .setData(ByteString.copyFrom(secret.reveal()))
                    .build());
            answer.onCompleted();
        }
    }

    @Override
    public List<ServerServiceDefinition> services() {
        return List.of(bindService());
    }

    /** Why a secret that the build was told to use cannot be had, or null. */
    @Override
    public EngineException failure() {
        return failure.get();
    }
}

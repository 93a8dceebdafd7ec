package io.jenkins.plugins.containerbuild.engine.build.buildkit.session;

import io.grpc.stub.StreamObserver;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.HealthCheckRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.HealthCheckResponse;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.HealthGrpc;

/** Tells BuildKit that we are still here; without an answer every few seconds it gives the session up. */
final class HealthService extends HealthGrpc.HealthImplBase {

    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> answer) {
        answer.onNext(HealthCheckResponse.newBuilder()
                .setStatus(HealthCheckResponse.ServingStatus.SERVING)
                .build());
        answer.onCompleted();
    }
}

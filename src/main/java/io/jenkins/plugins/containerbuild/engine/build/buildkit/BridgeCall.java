package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.progress.BuildProgress;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.BridgeAnswer;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.BridgePing;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.BridgePong;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.BridgeQuestion;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.BridgeRef;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.BridgeResult;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.BridgeReturn;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.BridgeReturned;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.LLBBridgeGrpc;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveRequest;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Asks the Dockerfile's frontend a question instead of having it build: a solve without a frontend of its own waits for
 * us, and over the bridge to it we ask the frontend that a build would use.
 */
final class BridgeCall {

    private static final Metadata.Key<String> BUILD_ID =
            Metadata.Key.of("buildkit-controlapi-buildid", Metadata.ASCII_STRING_MARSHALLER);
    private static final Map<Call, String> NAMES =
            Map.of(Call.CHECK, "frontend.lint", Call.OUTLINE, "frontend.outline", Call.TARGETS, "frontend.targets");

    private static final String CAPABILITIES = "frontend.caps";

    private final Channel channel;
    private final BuildProgress progress;
    private final Call call;

    BridgeCall(Channel channel, BuildProgress progress, Call call) {
        this.channel = channel;
        this.progress = progress;
        this.call = call;
    }

    /**
     * Asks.
     *
     * @param build what would be built
     * @return the answer's parts by name; without {@code result.json} where the frontend does not know the question
     * @throws ExecutionException when it failed, with gRPC's exception as the cause
     * @throws InterruptedException when the thread was interrupted; the daemon was told to stop
     */
    Map<String, ByteString> run(SolveRequest build) throws ExecutionException, InterruptedException {
        Metadata headers = new Metadata();
        headers.put(BUILD_ID, build.getRef());
        LLBBridgeGrpc.LLBBridgeStub bridge =
                LLBBridgeGrpc.newStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
        SolveRequest waiting = SolveRequest.newBuilder()
                .setRef(build.getRef())
                .setSession(build.getSession())
                .addAllEntitlements(build.getEntitlementsList())
                .build();
        return new SolveCall(channel, progress).runWith(waiting, () -> ask(bridge, build));
    }

    private Map<String, ByteString> ask(LLBBridgeGrpc.LLBBridgeStub bridge, SolveRequest build)
            throws ExecutionException, InterruptedException {
        Answers<BridgePing, BridgePong> there = new Answers<>();
        bridge.ping(BridgePing.getDefaultInstance(), there);
        there.await();
        Answers<BridgeQuestion, BridgeAnswer> answer = new Answers<>();
        bridge.solve(
                BridgeQuestion.newBuilder()
                        .setFrontend(build.getFrontend())
                        .putAllFrontendOpt(build.getFrontendAttrsMap())
                        // A frontend that does not know the question shall say so instead of building.
                        .putFrontendOpt(CAPABILITIES, capabilities(build.getFrontendAttrsMap()))
                        .putFrontendOpt("requestid", NAMES.get(call))
                        .setAllowResultReturn(true)
                        .setAllowResultArrayRef(true)
                        .build(),
                answer);
        Map<String, ByteString> parts = answer.await().getResult().getMetadataMap();
        Answers<BridgeReturn, BridgeReturned> end = new Answers<>();
        bridge.return_(
                BridgeReturn.newBuilder()
                        .setResult(BridgeResult.newBuilder().setRef(BridgeRef.getDefaultInstance()))
                        .build(),
                end);
        end.await();
        return parts;
    }

    private static String capabilities(Map<String, String> attributes) {
        String questions = "moby.buildkit.frontend.subrequests+forward";
        String others = attributes.get(CAPABILITIES);
        return others == null ? questions : others + ',' + questions;
    }
}

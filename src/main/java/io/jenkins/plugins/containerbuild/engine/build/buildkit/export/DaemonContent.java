package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentGrpc;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.ReadContentRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.ReadContentResponse;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.SmallContent;
import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/** The daemon's own store of what it has built. No login is needed. What is not kept there goes soon after the build. */
record DaemonContent(Channel channel) implements SmallContent {

    private static final int LIMIT_SECONDS = 20;
    private static final int LARGEST = 4 << 20;

    @Override
    public byte[] manifest(Digest digest) throws EngineException, InterruptedException {
        return blob(digest, LARGEST);
    }

    @Override
    public byte[] blob(Digest digest, long size) throws EngineException, InterruptedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            Iterator<ReadContentResponse> pieces = ContentGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .read(ReadContentRequest.newBuilder()
                            .setDigest(digest.toString())
                            .setSize(0)
                            .build());
            while (pieces.hasNext()) {
                byte[] piece = pieces.next().getData().toByteArray();
                all.write(piece, 0, piece.length);
                if (all.size() > LARGEST) {
                    throw failure(digest, "it is larger than " + LARGEST + " bytes", null);
                }
            }
        } catch (StatusRuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw failure(digest, String.valueOf(e.getStatus().getDescription()), e);
        }
        return all.toByteArray();
    }

    private static EngineException failure(Digest digest, String why, Exception cause) {
        return new EngineException(
                "could not read " + digest + " out of the daemon", why, "Read it in the registry", cause);
    }
}

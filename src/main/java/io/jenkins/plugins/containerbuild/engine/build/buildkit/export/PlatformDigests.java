package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentGrpc;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.ReadContentRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.ReadContentResponse;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads the index of an image that was just built, out of the daemon's own store: there it is even when the image was
 * pushed and not kept, and no login is needed.
 */
public final class PlatformDigests {

    private static final int LIMIT_SECONDS = 20;
    private static final int LARGEST = 4 << 20;

    private final Channel channel;
    private final EngineListener listener;

    /**
     * @param channel to the daemon
     * @param listener warned when the index cannot be read
     */
    public PlatformDigests(Channel channel, EngineListener listener) {
        this.channel = channel;
        this.listener = listener;
    }

    /**
     * The digest of each platform's manifest, by the platform's text; attestations are none.
     *
     * @return empty when the index cannot be read
     * @throws InterruptedException when the thread was interrupted
     */
    public Map<String, Digest> in(Digest index) throws InterruptedException {
        try {
            return platforms(new ObjectMapper().readTree(read(index).toByteArray()));
        } catch (StatusRuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            warn(index, e.getStatus().getDescription());
        } catch (IOException | IllegalArgumentException e) {
            warn(index, e.getMessage());
        }
        return Map.of();
    }

    private void warn(Digest index, String why) {
        listener.on(new EngineEvent.Warning(
                "The digests of the image's platforms are not known: the daemon could not give the index " + index
                        + (why == null ? "" : " (" + why + ")")));
    }

    private ByteString read(Digest index) throws IOException {
        Iterator<ReadContentResponse> pieces = ContentGrpc.newBlockingStub(channel)
                .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
                .read(ReadContentRequest.newBuilder()
                        .setDigest(index.toString())
                        .setSize(0)
                        .build());
        ByteString all = ByteString.EMPTY;
        while (pieces.hasNext()) {
            all = all.concat(pieces.next().getData());
            if (all.size() > LARGEST) {
                throw new IOException("it is larger than " + LARGEST + " bytes");
            }
        }
        return all;
    }

    static Map<String, Digest> platforms(JsonNode index) {
        Map<String, Digest> digests = new LinkedHashMap<>();
        for (JsonNode manifest : index.path("manifests")) {
            JsonNode platform = manifest.path("platform");
            String os = platform.path("os").asText("");
            boolean attestation = manifest.path("annotations").has("vnd.docker.reference.type");
            if (!attestation && !os.isEmpty() && !os.equals("unknown")) {
                String variant = platform.path("variant").asText("");
                Platform named = new Platform(
                        os, platform.path("architecture").asText("unknown"), variant.isEmpty() ? null : variant);
                digests.put(
                        named.toString(), Digest.parse(manifest.path("digest").asText("")));
            }
        }
        return digests;
    }
}

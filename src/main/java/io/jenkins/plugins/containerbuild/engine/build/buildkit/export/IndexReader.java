package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.jenkins.plugins.containerbuild.engine.build.Attestation;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentGrpc;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.ReadContentRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.ReadContentResponse;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads the index of an image that was just built, out of the daemon's own store: there it is even when the image was
 * pushed and not kept, and no login is needed.
 */
public final class IndexReader {

    private static final int LIMIT_SECONDS = 20;
    private static final int LARGEST = 4 << 20;
    private static final int LARGEST_STATEMENT = 1 << 20;
    private static final int MOST_STATEMENTS = 50;

    private final Channel channel;
    private final EngineListener listener;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param channel to the daemon
     * @param listener warned when something cannot be read
     */
    public IndexReader(Channel channel, EngineListener listener) {
        this.channel = channel;
        this.listener = listener;
    }

    /** What is read of the daemon. */
    private interface Reading<T> {
        T read() throws IOException;
    }

    /**
     * Reads it, with the statements behind it.
     *
     * @return empty where something cannot be read; the log says why
     * @throws InterruptedException when the thread was interrupted
     */
    public BuiltIndex read(Digest digest) throws InterruptedException {
        JsonNode index = attempt(
                "The digests of the image's platforms are not known: the daemon could not give the index " + digest,
                null,
                () -> document(digest));
        if (index == null) {
            return BuiltIndex.NONE;
        }
        Map<String, Digest> platforms = attempt(
                "The digests of the image's platforms are not known: the index " + digest + " cannot be read",
                Map.of(),
                () -> BuiltIndex.platforms(index));
        List<Attestation> attestations = attempt(
                "The attestations of the image are not known: the daemon could not give them",
                List.of(),
                () -> attestations(index, platforms));
        return new BuiltIndex(platforms, attestations);
    }

    private <T> T attempt(String warning, T otherwise, Reading<T> reading) throws InterruptedException {
        String why;
        try {
            return reading.read();
        } catch (StatusRuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            why = e.getStatus().getDescription();
        } catch (IOException | IllegalArgumentException e) {
            why = e.getMessage();
        }
        listener.on(new EngineEvent.Warning(warning + (why == null ? "" : " (" + why + ")")));
        return otherwise;
    }

    private List<Attestation> attestations(JsonNode index, Map<String, Digest> platforms) throws IOException {
        List<Attestation> all = new ArrayList<>();
        for (BuiltIndex.Statements manifest : BuiltIndex.statements(index)) {
            for (JsonNode layer : document(manifest.digest()).path("layers")) {
                if (all.size() == MOST_STATEMENTS) {
                    return all;
                }
                Digest digest = BuiltIndex.digest(layer);
                boolean small = layer.path("size").asLong(Long.MAX_VALUE) <= LARGEST_STATEMENT;
                all.add(new Attestation(
                        manifest.platform(platforms),
                        layer.path("annotations")
                                .path("in-toto.io/predicate-type")
                                .asText(""),
                        digest,
                        small ? new String(blob(digest, LARGEST_STATEMENT), StandardCharsets.UTF_8) : null));
            }
        }
        return all;
    }

    private JsonNode document(Digest digest) throws IOException {
        return json.readTree(blob(digest, LARGEST));
    }

    private byte[] blob(Digest digest, int largest) throws IOException {
        Iterator<ReadContentResponse> pieces = ContentGrpc.newBlockingStub(channel)
                .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
                .read(ReadContentRequest.newBuilder()
                        .setDigest(digest.toString())
                        .setSize(0)
                        .build());
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (pieces.hasNext()) {
            pieces.next().getData().writeTo(all);
            if (all.size() > largest) {
                throw new IOException(digest + " is larger than " + largest + " bytes");
            }
        }
        return all.toByteArray();
    }
}

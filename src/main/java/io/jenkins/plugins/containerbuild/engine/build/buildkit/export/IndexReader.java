package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Channel;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.Attestation;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DirectWork;
import io.jenkins.plugins.containerbuild.engine.registry.direct.SmallContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the index of an image that was just built, with the statements behind it: out of the daemon, else where it was
 * pushed to, since a daemon that does not keep the image clears away what belongs to it.
 */
public final class IndexReader {

    private static final int LARGEST_STATEMENT = 1 << 20;
    private static final int MOST_STATEMENTS = 50;

    private final SmallContent daemon;
    private final DirectWork registries;
    private final EngineListener listener;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param channel to the daemon
     * @param registries for what is in the daemon no more
     * @param listener warned when something cannot be read
     */
    public IndexReader(Channel channel, DirectWork registries, EngineListener listener) {
        daemon = new DaemonContent(channel);
        this.registries = registries;
        this.listener = listener;
    }

    /**
     * Reads it.
     *
     * @param pushed a name that it was pushed under; null for none
     * @param kept whether the image is among the daemon's; the statements about one that is neither there nor in a registry
     *     are in the file that it was written to, and are not read
     * @return without what cannot be read; the log says why
     * @throws InterruptedException when the thread was interrupted
     */
    public BuiltIndex read(Digest digest, ImageReference pushed, boolean kept) throws InterruptedException {
        Map<String, Digest> platforms = Map.of();
        String missing = "The digests of the image's platforms are not known: ";
        EngineException trouble;
        try {
            JsonNode index = document(daemon, digest);
            platforms = BuiltIndex.platforms(index);
            if (pushed == null && !kept) {
                return new BuiltIndex(platforms, List.of());
            }
            missing = "The attestations of the image are not known: ";
            return new BuiltIndex(platforms, attestations(daemon, index, platforms));
        } catch (EngineException e) {
            trouble = e;
        }
        if (pushed != null) {
            try {
                return registries.read(pushed, content -> {
                    JsonNode index = document(content, digest);
                    Map<String, Digest> found = BuiltIndex.platforms(index);
                    return new BuiltIndex(found, attestations(content, index, found));
                });
            } catch (EngineException e) {
                trouble = e;
            }
        }
        listener.on(new EngineEvent.Warning(missing + trouble.getMessage()));
        return new BuiltIndex(platforms, List.of());
    }

    private List<Attestation> attestations(SmallContent content, JsonNode index, Map<String, Digest> platforms)
            throws EngineException, InterruptedException {
        List<Attestation> all = new ArrayList<>();
        for (BuiltIndex.Statements manifest : BuiltIndex.statements(index)) {
            for (JsonNode layer : document(content, manifest.digest()).path("layers")) {
                if (all.size() == MOST_STATEMENTS) {
                    return all;
                }
                Digest digest = BuiltIndex.digest(layer);
                long size = layer.path("size").asLong(Long.MAX_VALUE);
                all.add(new Attestation(
                        manifest.platform(platforms),
                        layer.path("annotations")
                                .path("in-toto.io/predicate-type")
                                .asText(""),
                        digest,
                        size > LARGEST_STATEMENT
                                ? null
                                : new String(content.blob(digest, size), StandardCharsets.UTF_8)));
            }
        }
        return all;
    }

    private JsonNode document(SmallContent content, Digest digest) throws EngineException, InterruptedException {
        try {
            return json.readTree(content.manifest(digest));
        } catch (IOException e) {
            throw BuiltIndex.malformed(digest.toString(), e);
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Finds out what a source has to offer to an index. */
final class SourceReader {

    private static final List<String> PLATFORM = List.of("architecture", "os", "variant", "os.version", "os.features");

    private final Repositories repositories;
    private final Tries tries;
    private final EngineListener listener;

    SourceReader(Repositories repositories, Tries tries, EngineListener listener) {
        this.repositories = repositories;
        this.tries = tries;
        this.listener = listener;
    }

    /**
     * What a source is.
     *
     * @param manifest it, as its registry has it
     * @param entries what it adds to an index
     */
    record Source(Manifest manifest, List<IndexEntry> entries) {}

    /** Reads a source: one image, or an index of several. */
    Source read(ImageReference name) throws EngineException, InterruptedException {
        Repository repository = repositories.reading(name);
        Digest digest = name.digest();
        String reference = digest == null ? name.tag() : digest.toString();
        Source source = tries.run("read the image " + name.familiar(), () -> {
            Manifest manifest = repository.manifest(reference, digest);
            return new Source(manifest, entries(manifest, name, repository));
        });
        repository.session().tellQuota(listener);
        listener.on(new EngineEvent.Note(name.familiar() + " is "
                + source.entries().stream()
                        .map(IndexEntry::platform)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(", "))
                + " (" + source.manifest().digest() + ")"));
        return source;
    }

    private static List<IndexEntry> entries(Manifest manifest, ImageReference name, Repository repository)
            throws SessionFailure, MalformedException, EngineException {
        if (!manifest.isIndex()) {
            ObjectNode descriptor = Json.MAPPER
                    .createObjectNode()
                    .put("mediaType", manifest.mediaType())
                    .put("digest", manifest.digest().toString())
                    .put("size", manifest.bytes().length);
            return List.of(IndexEntry.of(descriptor, platform(manifest, repository), name, repository));
        }
        List<IndexEntry> entries = new ArrayList<>();
        for (JsonNode given : manifest.entries()) {
            JsonNode platform = given.path("platform");
            boolean image = MediaTypes.isManifest(given.path("mediaType").asText());
            if (image && platform.isMissingNode() && !IndexEntry.isAttestation(given)) {
                Digest digest = Manifest.digestOf(given);
                platform = platform(repository.manifest(digest.toString(), digest), repository);
            }
            entries.add(IndexEntry.of(given, platform, name, repository));
        }
        if (entries.isEmpty()) {
            throw new MalformedException("it is an index without any image");
        }
        return entries;
    }

    /** What an image runs on, out of its configuration. */
    private static JsonNode platform(Manifest image, Repository repository)
            throws SessionFailure, MalformedException, EngineException {
        if (image.isIndex()) {
            throw new MalformedException("it is an index that holds another index");
        }
        if (!image.isImage()) {
            throw new MalformedException("it is no image, but another artifact");
        }
        try {
            JsonNode config = Json.MAPPER.readTree(repository.small(image.config()));
            ObjectNode platform = Json.MAPPER.createObjectNode();
            for (String field : PLATFORM) {
                JsonNode value = config.path(field);
                if (value.isTextual() && !value.textValue().isEmpty() || value.isArray()) {
                    platform.set(field, value);
                }
            }
            return platform;
        } catch (JsonProcessingException e) {
            throw new MalformedException("its configuration is no JSON that can be read");
        } catch (IOException e) {
            throw repository.session().lost(e);
        }
    }
}

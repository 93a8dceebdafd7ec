package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;
import io.jenkins.plugins.containerbuild.engine.registry.direct.SourceReader.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Looks at what a registry has under a name; layers are not read. */
final class RegistryInspector {

    private final Tries tries;
    private final SourceReader reader;

    RegistryInspector(Repositories repositories, Tries tries) {
        this.tries = tries;
        reader = new SourceReader(repositories, tries, tries.listener());
    }

    RemoteImage inspect(InspectRequest request) throws EngineException, InterruptedException {
        ImageReference name = request.image().withDefaultTag();
        Source source = reader.read(name);
        List<IndexEntry> images = source.entries().stream()
                .filter(entry -> !entry.isAttestation())
                .toList();
        String action = "inspect " + name.familiar();
        IndexEntry chosen = tries.run(action, () -> new PlatformChoice(name, requireAny(images)))
                .choose(request.platform());
        List<RemotePlatform> platforms = new ArrayList<>();
        RemotePlatform described = null;
        Manifest manifest = null;
        for (IndexEntry image : images) {
            Manifest read = manifest(action, source, image);
            RemotePlatform platform =
                    new RemotePlatform(image.platform(), image.digest(), tries.run(action, () -> size(read)));
            platforms.add(platform);
            if (image.equals(chosen)) {
                described = platform;
                manifest = read;
            }
        }
        Manifest image = manifest;
        return new RemoteImage(
                name,
                source.manifest().mediaType(),
                source.manifest().digest(),
                RemoteConfig.texts(source.manifest().json().path("annotations")),
                platforms,
                described,
                tries.run(action, () -> config(image, chosen.from())),
                tries.run(action, () -> layers(image)));
    }

    private static List<IndexEntry> requireAny(List<IndexEntry> images) throws MalformedException {
        if (images.isEmpty()) {
            throw new MalformedException("it is an index without any image");
        }
        return images;
    }

    private Manifest manifest(String action, Source source, IndexEntry image)
            throws EngineException, InterruptedException {
        return source.manifest().isIndex()
                ? tries.run(action, () -> image.from().manifest(image.digest().toString(), image.digest()))
                : source.manifest();
    }

    private static long size(Manifest image) throws MalformedException {
        long size = Manifest.sizeOf(image.json().path("config"));
        for (RemoteLayer layer : layers(image)) {
            size += layer.sizeBytes();
            if (size < 0) {
                throw new MalformedException("its layers cannot be as large as it says");
            }
        }
        return size;
    }

    private static List<RemoteLayer> layers(Manifest image) throws MalformedException {
        List<RemoteLayer> layers = new ArrayList<>();
        for (JsonNode layer : image.json().path("layers")) {
            layers.add(new RemoteLayer(
                    Manifest.digestOf(layer), layer.path("mediaType").asText(), Manifest.sizeOf(layer)));
        }
        return layers;
    }

    private static RemoteConfig config(Manifest image, Repository repository)
            throws SessionFailure, MalformedException, EngineException {
        if (!image.isImage()) {
            throw new MalformedException("it is no image, but another artifact");
        }
        try {
            return RemoteConfig.of(Json.MAPPER.readTree(repository.small(image.config())));
        } catch (JsonProcessingException e) {
            throw new MalformedException("its configuration is no JSON that can be read");
        } catch (IOException e) {
            throw repository.session().lost(e);
        }
    }
}

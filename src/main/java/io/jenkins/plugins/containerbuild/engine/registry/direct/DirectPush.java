package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageDetails;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSave;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import io.jenkins.plugins.containerbuild.engine.registry.PushOutcomes;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.Blob;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;
import io.jenkins.plugins.containerbuild.engine.registry.saved.KnownLayer;
import io.jenkins.plugins.containerbuild.engine.registry.saved.LayerMemory;
import io.jenkins.plugins.containerbuild.engine.registry.saved.SaveReader;
import io.jenkins.plugins.containerbuild.engine.registry.saved.SavedImage;
import io.jenkins.plugins.containerbuild.engine.registry.saved.Spool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Pushes an image of a daemon past that daemon: it saves the image, and what the registries lack of it goes to them from
 * here. What was pushed before, from here or by whoever pushed the tags that are there, is neither read nor sent again.
 */
final class DirectPush {

    /** How many repositories a token is asked for besides the one that is pushed to. */
    private static final int MOST_NEIGHBOURS = 2;

    private static final int MOST_LOOKS = 4;
    private static final int MOST_COMPRESSING = 8;

    private final Repositories repositories;
    private final ImageSave save;
    private final LayerMemory memory;
    private final EngineListener listener;
    private final Tries tries;

    /**
     * @param listener told of progress, by several threads but one at a time
     */
    DirectPush(Repositories repositories, ImageSave save, LayerMemory memory, EngineListener listener) {
        this.repositories = repositories;
        this.save = save;
        this.memory = memory;
        this.listener = listener;
        tries = new Tries(listener);
    }

    void push(ImageDetails image, List<ImageReference> names, PushOutcomes outcomes)
            throws EngineException, InterruptedException {
        List<PushTarget> targets = targets(image, names);
        PushProgress progress =
                new PushProgress(names.get(0).familiar(), image.layerCount(), listener, System::nanoTime);
        try (Uploads uploads = new Uploads(targets, digest -> whereabouts(image, digest), progress)) {
            ImageContent content = content(image, targets, uploads);
            List<Callable<Void>> works = new ArrayList<>();
            for (PushTarget target : targets) {
                works.add(() -> {
                    target.attempt(() -> complete(image, content, target));
                    return null;
                });
            }
            uploads.each(works);
            for (PushTarget target : targets) {
                for (ImageReference name : target.names()) {
                    target.attempt(() -> outcomes.pushed(target.name(name, content.root())));
                    if (target.failure() != null) {
                        outcomes.failed(name, target.failure());
                    }
                }
                if (target.failure() == null) {
                    remember(image, content, target);
                }
            }
        } catch (EngineException e) {
            for (PushTarget target : targets) {
                target.names().forEach(name -> outcomes.failed(name, Objects.requireNonNullElse(target.failure(), e)));
            }
        } finally {
            memory.save();
        }
    }

    private List<PushTarget> targets(ImageDetails image, List<ImageReference> names) throws EngineException {
        Map<String, List<ImageReference>> byRepository = new LinkedHashMap<>();
        for (ImageReference name : names) {
            ImageReference tagged = ImageStore.tagged(name);
            byRepository
                    .computeIfAbsent(tagged.repository(), repository -> new ArrayList<>())
                    .add(tagged);
        }
        List<PushTarget> targets = new ArrayList<>();
        for (List<ImageReference> group : byRepository.values()) {
            ImageReference first = group.get(0);
            List<ImageReference> neighbours = neighbours(image, first);
            targets.add(new PushTarget(
                    repositories.writing(first, neighbours),
                    group,
                    neighbours.stream().map(repositories::reading).toList(),
                    tries,
                    listener));
        }
        return targets;
    }

    /** Repositories of the same registry that layers of the image were pushed to. */
    private List<ImageReference> neighbours(ImageDetails image, ImageReference name) {
        return rememberedOf(image)
                .flatMap(layer -> layer.repositories().stream())
                .filter(repository ->
                        repository.startsWith(name.domain() + '/') && !repository.equals(name.repository()))
                .distinct()
                .limit(MOST_NEIGHBOURS)
                .map(ImageReference::parse)
                .toList();
    }

    /** The image's content, once every layer of it is in every target that can be reached. */
    private ImageContent content(ImageDetails image, List<PushTarget> targets, Uploads uploads)
            throws EngineException, InterruptedException {
        Optional<ImageContent> known = remembered(image);
        if (known.isPresent() && isThere(known.get(), image, targets, uploads)) {
            return known.get();
        }
        for (PushTarget target : targets) {
            target.attempt(() -> learn(image, target));
        }
        uploads.requireTarget();
        known = remembered(image);
        if (known.isPresent() && uploads.isEverywhere(known.get().blobs())) {
            return known.get();
        }
        List<Blob> layers = rememberedLayers(image);
        uploads.lookFor(layers, layers.size() == image.layerCount());
        return transferred(image, uploads);
    }

    private boolean isThere(ImageContent content, ImageDetails image, List<PushTarget> targets, Uploads uploads)
            throws EngineException, InterruptedException {
        boolean named = true;
        for (PushTarget target : targets) {
            boolean[] has = {false};
            target.attempt(() -> has[0] = target.isNamed(target.names().get(0), content.root()));
            named &= has[0] || target.failure() != null;
        }
        uploads.requireTarget();
        return named || uploads.isEverywhere(content.blobs());
    }

    /** What is known of the image without reading it. */
    private Optional<ImageContent> remembered(ImageDetails image) {
        try {
            Optional<byte[]> document = memory.document(image.imageId());
            if (document.isEmpty()) {
                return Optional.empty();
            }
            JsonNode json = Json.MAPPER.readTree(document.get());
            if (!json.has("rootfs")) {
                Manifest root = Manifest.read(document.get(), "", image.imageId());
                return Optional.of(ImageContent.asItIs(root, memory::document));
            }
            List<Blob> layers = new ArrayList<>();
            for (Digest diffId : diffIds(json)) {
                Optional<KnownLayer> layer = memory.layer(diffId);
                if (layer.isEmpty()) {
                    return Optional.empty();
                }
                layers.add(blob(layer.get()));
            }
            return Optional.of(ImageContent.ofLayers(document.get(), layers));
        } catch (IOException | MalformedException e) {
            return Optional.empty();
        }
    }

    private static Blob blob(KnownLayer layer) {
        return new Blob(layer.digest(), layer.size());
    }

    private static List<Digest> diffIds(JsonNode config) throws MalformedException {
        List<Digest> diffIds = new ArrayList<>();
        try {
            for (JsonNode diffId : config.path("rootfs").path("diff_ids")) {
                diffIds.add(Digest.parse(diffId.asText()));
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException("its configuration names a layer by something that is no digest");
        }
        return diffIds;
    }

    private Stream<KnownLayer> rememberedOf(ImageDetails image) {
        return image.diffIds().stream().flatMap(diffId -> memory.layer(diffId).stream());
    }

    private List<String> whereabouts(ImageDetails image, Digest digest) {
        return rememberedOf(image)
                .filter(layer -> layer.digest().equals(digest))
                .findFirst()
                .map(KnownLayer::repositories)
                .orElse(List.of());
    }

    private List<Blob> rememberedLayers(ImageDetails image) {
        return rememberedOf(image).map(DirectPush::blob).toList();
    }

    /**
     * Learns from what the repository has under the names, and of this image from earlier pushes, how the layers are
     * compressed there: a machine that has never pushed the image need not send what is there.
     */
    private void learn(ImageDetails image, PushTarget target) throws EngineException {
        Set<String> looks = new LinkedHashSet<>();
        target.names().forEach(name -> looks.add(name.tag()));
        String repository = target.repository() + '@';
        image.repositoryDigests().stream()
                .filter(digest -> digest.startsWith(repository))
                .forEach(digest -> looks.add(digest.substring(repository.length())));
        for (String look : looks.stream().limit(MOST_LOOKS).toList()) {
            Optional<Manifest> manifest =
                    target.look(look, look.contains(":") ? Digest.parse(look) : null);
            if (manifest.isPresent() && !manifest.get().isIndex() && manifest.get().isImage()) {
                learn(manifest.get(), target);
            }
        }
    }

    private void learn(Manifest manifest, PushTarget target) throws EngineException {
        try {
            Blob config = manifest.config();
            Optional<byte[]> bytes = memory.document(config.digest());
            if (bytes.isEmpty()) {
                bytes = target.small(config);
            }
            if (bytes.isPresent()) {
                memory.remember(config.digest(), bytes.get());
                learn(manifest, bytes.get(), target.repository());
            }
        } catch (IOException | MalformedException e) {
            // Nothing is learned from what cannot be read.
        }
    }

    private void learn(Manifest manifest, byte[] config, String repository) throws IOException, MalformedException {
        List<Digest> diffIds = diffIds(Json.MAPPER.readTree(config));
        JsonNode layers = manifest.json().path("layers");
        for (int i = 0; i < diffIds.size() && diffIds.size() == layers.size(); i++) {
            if (MediaTypes.isGzipLayer(layers.path(i).path("mediaType").asText())) {
                Blob layer = Blob.of(layers.path(i));
                memory.remember(diffIds.get(i), layer.digest(), layer.size(), repository);
            }
        }
    }

    private ImageContent transferred(ImageDetails image, Uploads uploads)
            throws EngineException, InterruptedException {
        int threads = Math.min(MOST_COMPRESSING, Runtime.getRuntime().availableProcessors());
        ExecutorService compressing = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "container-build compression");
            thread.setDaemon(true);
            return thread;
        });
        try {
            AtomicReference<SavedImage> saved = new AtomicReference<>();
            SaveReader reader = new SaveReader(
                    save.keepsBlobs(),
                    Set.copyOf(image.diffIds()),
                    memory,
                    uploads,
                    new Spool(Uploads.AT_ONCE),
                    compressing,
                    threads);
            save.read(image.imageId(), tar -> saved.set(reader.read(tar)));
            uploads.await();
            return content(image, saved.get());
        } finally {
            compressing.shutdownNow();
        }
    }

    private ImageContent content(ImageDetails image, SavedImage saved) throws EngineException {
        try {
            Optional<byte[]> own = saved.document(image.imageId());
            ImageContent content = own.isPresent() && !Json.MAPPER.readTree(own.get()).has("rootfs")
                    ? asItIs(image, own.get(), saved)
                    : ofLayers(image, saved);
            memory.remember(image.imageId(), own.orElseGet(() -> content.small().get(image.imageId())));
            return content;
        } catch (IOException | MalformedException e) {
            throw new RegistryException(
                    "could not push the image " + image.imageId() + " of the " + save.daemon(),
                    e.getMessage(),
                    "Look into the daemon's log; if the image is for several platforms, pull all of them, or push it with"
                            + " via: 'engine'",
                    e);
        }
    }

    private ImageContent asItIs(ImageDetails image, byte[] own, SavedImage saved)
            throws IOException, MalformedException {
        String type = "";
        for (JsonNode entry : Json.MAPPER.readTree(required(saved, "index.json")).path("manifests")) {
            if (entry.path("digest").asText().equals(image.imageId().toString())) {
                type = entry.path("mediaType").asText();
            }
        }
        ImageContent content = ImageContent.asItIs(Manifest.read(own, type, image.imageId()), saved::document);
        content.small().forEach(memory::remember);
        for (Manifest manifest : content.manifests()) {
            memory.remember(manifest.digest(), manifest.bytes());
            if (!manifest.isIndex() && manifest.isImage()) {
                byte[] config = content.small().get(manifest.config().digest());
                if (config != null) {
                    learn(manifest, config, null);
                }
            }
        }
        return content;
    }

    private static byte[] required(SavedImage saved, String path) throws IOException {
        return saved.document(path)
                .orElseThrow(() -> new IOException("what the daemon saved ended without " + path));
    }

    private ImageContent ofLayers(ImageDetails image, SavedImage saved) throws IOException, MalformedException {
        JsonNode entry = Json.MAPPER.readTree(required(saved, "manifest.json")).path(0);
        byte[] config = required(saved, entry.path("Config").asText());
        if (!ContentHash.matches(image.imageId(), config)) {
            throw new IOException("the configuration that the daemon saved has the digest " + ContentHash.of(config)
                    + ", and the image another one");
        }
        List<Digest> diffIds = diffIds(Json.MAPPER.readTree(config));
        JsonNode paths = entry.path("Layers");
        if (paths.size() != diffIds.size()) {
            throw new IOException("the daemon saved " + paths.size() + " layers, and the image's configuration names "
                    + diffIds.size());
        }
        List<Blob> layers = new ArrayList<>();
        for (int i = 0; i < diffIds.size(); i++) {
            layers.add(layer(diffIds.get(i), paths.path(i).asText(), saved));
        }
        return ImageContent.ofLayers(config, layers);
    }

    private Blob layer(Digest diffId, String path, SavedImage saved) throws IOException {
        SavedImage.Layer layer = saved.layer(path)
                .orElseThrow(() -> new IOException("what the daemon saved ended without the layer " + diffId));
        if (layer.digest() == null) {
            // Nobody looked, since all layers were known and there.
            return memory.layer(diffId)
                    .map(DirectPush::blob)
                    .orElseThrow(() -> new IOException("the daemon saved the layer " + diffId
                            + ", which it had not named before"));
        }
        if (!diffId.equals(layer.diffId())) {
            throw new IOException(
                    "what the daemon saved as the layer " + diffId + " has the digest " + layer.diffId());
        }
        return new Blob(layer.digest(), layer.size());
    }

    /** What a name needs to lead somewhere. */
    private void complete(ImageDetails image, ImageContent content, PushTarget target)
            throws EngineException, InterruptedException {
        if (target.isNamed(target.names().get(0), content.root())) {
            return;
        }
        for (Blob blob : content.blobs()) {
            byte[] bytes = content.small().get(blob.digest());
            if (bytes != null) {
                target.send(blob, () -> new ByteArrayInputStream(bytes), sent -> {});
            } else if (!target.has(blob, List.of())) {
                throw new RegistryException(
                        "could not push " + target.names().get(0).familiar(),
                        "the " + save.daemon() + " has not got " + blob.digest() + ", which the image "
                                + image.imageId() + " needs",
                        "If the image is for several platforms, pull all of them, or push it with via: 'engine'",
                        null);
            }
        }
        List<Manifest> others = content.manifests().subList(0, content.manifests().size() - 1);
        for (Manifest manifest : others) {
            target.put(manifest);
        }
    }

    private void remember(ImageDetails image, ImageContent content, PushTarget target) {
        Set<Digest> there = new LinkedHashSet<>();
        content.blobs().forEach(blob -> there.add(blob.digest()));
        for (Digest diffId : image.diffIds()) {
            memory.layer(diffId)
                    .filter(layer -> there.contains(layer.digest()))
                    .ifPresent(layer ->
                            memory.remember(diffId, layer.digest(), layer.size(), target.repository()));
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.engine.registry.direct.SourceReader.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins images that stand in registries under one name, as {@code docker buildx imagetools create} does. No daemon takes
 * part, and no image is changed: an index is written that names them, and what it names is brought to where it is.
 */
final class ImageMerger {

    private final Repositories repositories;
    private final Tries tries;
    private final SourceReader reader;
    private final ImageCopy copy;
    private final EngineListener listener;

    ImageMerger(Repositories repositories, EngineListener listener) {
        this.repositories = repositories;
        this.listener = listener;
        tries = new Tries(listener);
        reader = new SourceReader(repositories, tries, listener);
        copy = new ImageCopy(tries, listener, System::nanoTime);
    }

    MergeResult merge(MergeRequest request) throws EngineException, InterruptedException {
        Instant start = Instant.now();
        List<ImageReference> names = names(request.tags());
        List<ImageReference> sources =
                request.sources().stream().map(ImageReference::withDefaultTag).toList();
        if (sources.isEmpty()) {
            throw new InvalidRequestException(
                    "could not merge images into " + names.get(0).familiar(),
                    "no image was given",
                    "Give the images to merge, for example registry.example:5000/team/app@sha256:... of each platform");
        }
        List<Source> read = new ArrayList<>();
        for (ImageReference source : sources) {
            read.add(reader.read(source));
        }
        List<IndexEntry> entries =
                read.stream().flatMap(source -> source.entries().stream()).toList();
        ImageIndex index = index(read, entries, request.annotations());
        Map<String, Repository> targets = new LinkedHashMap<>();
        names.forEach(
                name -> targets.computeIfAbsent(name.repository(), repository -> repositories.writing(name, sources)));
        // A name appears only when all that it leads to is everywhere.
        for (Repository target : targets.values()) {
            for (IndexEntry entry : entries) {
                copy.copy(entry, target);
            }
        }
        List<PushedReference> pushed = new ArrayList<>();
        for (ImageReference name : names) {
            pushed.add(push(index, name, targets.get(name.repository())));
        }
        return new MergeResult(index.digest(), index.platforms(), pushed, Duration.between(start, Instant.now()));
    }

    private static List<ImageReference> names(List<ImageReference> tags) throws InvalidRequestException {
        if (tags.isEmpty()) {
            throw new InvalidRequestException(
                    "could not merge images",
                    "no name was given for the index",
                    "Give at least one tag, for example registry.example:5000/team/app:1.0");
        }
        List<ImageReference> names = new ArrayList<>();
        for (ImageReference tag : tags) {
            names.add(ImageStore.tagged(tag));
        }
        return names;
    }

    /** An index alone keeps its bytes, and so its digest. */
    private static ImageIndex index(List<Source> sources, List<IndexEntry> entries, Map<String, String> annotations)
            throws InvalidRequestException {
        Manifest first = sources.get(0).manifest();
        return sources.size() == 1 && first.isIndex() && annotations.isEmpty()
                ? ImageIndex.copyOf(first, entries)
                : ImageIndex.of(entries, annotations);
    }

    private PushedReference push(ImageIndex index, ImageReference name, Repository target)
            throws EngineException, InterruptedException {
        String action =
                "push " + name.familiar() + " to " + target.session().entry().address();
        tries.run(action, () -> {
            target.put(name.tag(), index.mediaType(), index.bytes());
            return null;
        });
        Digest now = tries.run(
                "read " + name.familiar() + " back",
                () -> target.manifest(name.tag(), null).digest());
        if (!now.equals(index.digest())) {
            throw new RegistryException(
                    "could not " + action,
                    "the registry now has " + now + " under this name, and not " + index.digest() + " that was pushed",
                    "Another build may have pushed the same name meanwhile; give each build a tag of its own",
                    null);
        }
        listener.on(new EngineEvent.Pushed(name.familiar(), index.digest().toString()));
        return new PushedReference(name, index.digest());
    }
}

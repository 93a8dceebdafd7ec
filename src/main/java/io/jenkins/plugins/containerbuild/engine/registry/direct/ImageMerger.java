package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.direct.ImageCopy.Origin;
import io.jenkins.plugins.containerbuild.engine.registry.direct.SourceReader.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Joins images that stand in registries under one name, as {@code docker buildx imagetools create} does. No daemon takes
 * part, and no image is changed: an index is written that names them, and what it names is brought to where it is.
 */
final class ImageMerger {

    private final Repositories repositories;
    private final SourceReader reader;
    private final ImageCopy copy;
    private final TagPush push;

    ImageMerger(Repositories repositories, Tries tries) {
        this.repositories = repositories;
        EngineListener listener = tries.listener();
        reader = new SourceReader(repositories, tries, listener);
        copy = new ImageCopy(tries, listener, System::nanoTime);
        push = new TagPush(tries, listener);
    }

    MergeResult merge(MergeRequest request) throws EngineException, InterruptedException {
        Instant start = Instant.now();
        List<ImageReference> names = TagPush.names("merge images", request.tags());
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
        Map<String, Repository> targets = repositories.writing(names, sources);
        // A name appears only when all that it leads to is everywhere.
        for (Repository target : targets.values()) {
            for (IndexEntry entry : entries) {
                copy.copy(new Origin(entry.from(), entry.source()), entry.digest(), target);
            }
        }
        List<PushedReference> pushed = new ArrayList<>();
        for (ImageReference name : names) {
            pushed.add(push.push(index.mediaType(), index.bytes(), name, targets.get(name.repository())));
        }
        return new MergeResult(index.digest(), index.platforms(), pushed, Duration.between(start, Instant.now()));
    }

    /** An index alone keeps its bytes, and so its digest. */
    private static ImageIndex index(List<Source> sources, List<IndexEntry> entries, Map<String, String> annotations)
            throws InvalidRequestException {
        Manifest first = sources.get(0).manifest();
        return sources.size() == 1 && first.isIndex() && annotations.isEmpty()
                ? ImageIndex.copyOf(first, entries)
                : ImageIndex.of(entries, annotations);
    }
}

package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Brings an image of one repository into another one, bit for bit. What is there already stays; within a registry content
 * is taken over without a transfer where the registry does that; all else streams through, in constant memory.
 */
final class ImageCopy {

    private static final long PROGRESS_INTERVAL_NANOS = 5_000_000_000L;

    /**
     * Where an image comes from.
     *
     * @param name how it was asked for, for messages
     */
    record Origin(Repository repository, ImageReference name) {}

    private final Tries tries;
    private final EngineListener listener;
    private final LongSupplier nanoTime;
    private final Set<String> refusals = new HashSet<>();
    private long transferred;

    ImageCopy(Tries tries, EngineListener listener, LongSupplier nanoTime) {
        this.tries = tries;
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    /** How many bytes of blobs went through here so far, so that they were neither there nor taken over. */
    long transferredBytes() {
        return transferred;
    }

    /** Copies an image's manifest and all that it names, where the target has not got it. */
    void copy(Origin origin, Digest image, Repository target) throws EngineException, InterruptedException {
        if (target.isSame(origin.repository())
                || tries.run("look for " + image + " in " + target.name(), () -> target.hasManifest(image))) {
            return;
        }
        Manifest manifest = tries.run(
                action(origin, image, target), () -> origin.repository().manifest(image.toString(), image));
        copy(origin, manifest, target);
    }

    /** The same with a manifest that has been read; returns what {@link Repository#put} does. */
    boolean copy(Origin origin, Manifest manifest, Repository target) throws EngineException, InterruptedException {
        Repository from = origin.repository();
        String action = action(origin, manifest.digest(), target);
        List<Blob> blobs = tries.run(action, manifest::blobs);
        Progress progress = new Progress(origin.name().familiar(), blobs);
        for (Blob blob : blobs) {
            progress.begin();
            copy(blob, from, target, progress, action);
            progress.done++;
        }
        return tries.run(
                action, () -> target.put(manifest.digest().toString(), manifest.mediaType(), manifest.bytes()));
    }

    private static String action(Origin origin, Digest digest, Repository target) {
        return "copy " + digest + " of " + origin.name().familiar() + " to " + target.name();
    }

    private void copy(Blob blob, Repository from, Repository target, LongConsumer progress, String action)
            throws EngineException, InterruptedException {
        if (tries.blob(action, () -> target.hasBlob(blob.digest()))) {
            return;
        }
        new BlobUpload(target, blob, tries, action)
                .send(
                        () -> tries.blob(
                                action,
                                () -> target.isBeside(from) ? mount(blob, from, target) : target.begin(blob, null)),
                        taker -> pass(blob, from, taker, progress));
    }

    private static void pass(Blob blob, Repository from, BlobUpload.Taker taker, LongConsumer progress)
            throws SessionFailure, EngineException {
        try (Reply content = from.open(blob)) {
            BlobStream stream = new BlobStream(body(content, from), blob, progress);
            try {
                taker.take(stream);
            } catch (SessionFailure e) {
                throw stream.failure() == null
                        ? orCorrupt(e, stream, from, blob)
                        : from.session().lost(stream.failure());
            }
            if (stream.hasEnded() && !stream.isIntact()) {
                throw corrupt(from, blob);
            }
        }
    }

    /** A registry may refuse to take over what it has; an upload is always possible. */
    private URI mount(Blob blob, Repository from, Repository target) throws SessionFailure, EngineException {
        URI place;
        String why = "without a reason";
        try {
            place = target.begin(blob, from);
        } catch (SessionFailure e) {
            if (e.failure().kind().isPassing()) {
                throw e;
            }
            why = e.getMessage();
            place = target.begin(blob, null);
        }
        if (place != null && refusals.add(from.name() + ' ' + target.name())) {
            listener.on(new EngineEvent.Note("The registry does not let " + target.name() + " take over content of "
                    + from.name() + " (" + why + "); it is transferred"));
        }
        return place;
    }

    private static InputStream body(Reply content, Repository from) throws SessionFailure {
        try {
            return content.body();
        } catch (IOException e) {
            throw from.session().lost(e);
        }
    }

    /** The target refuses content whose digest is wrong; that is not its fault. */
    private static SessionFailure orCorrupt(SessionFailure refusal, BlobStream stream, Repository from, Blob blob) {
        return stream.hasEnded() && !stream.isIntact() ? corrupt(from, blob) : refusal;
    }

    private static SessionFailure corrupt(Repository from, Blob blob) {
        return from.corrupt("what it sent as " + blob.digest() + " has another digest");
    }

    /** Tells every few seconds how far an image is. */
    private final class Progress implements LongConsumer {

        private final String name;
        private final int blobs;
        private final long total;
        private int done;
        private long bytes;
        private long told = nanoTime.getAsLong();

        Progress(String name, List<Blob> blobs) {
            this.name = name;
            this.blobs = blobs.size();
            total = blobs.stream().mapToLong(Blob::size).sum();
        }

        void begin() {
            accept(0);
        }

        @Override
        public void accept(long more) {
            bytes += more;
            transferred += more;
            long now = nanoTime.getAsLong();
            if (now - told >= PROGRESS_INTERVAL_NANOS) {
                told = now;
                listener.on(new EngineEvent.Transfer("copy", name, done, blobs, bytes, total));
            }
        }
    }
}

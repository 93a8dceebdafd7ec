package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Brings an image of one repository into another one, bit for bit. What is there already stays; within a registry content
 * is taken over without a transfer where the registry does that; all else streams through, in constant memory.
 */
final class ImageCopy {

    private static final long PROGRESS_INTERVAL_NANOS = 5_000_000_000L;

    private final Tries tries;
    private final EngineListener listener;
    private final LongSupplier nanoTime;

    ImageCopy(Tries tries, EngineListener listener, LongSupplier nanoTime) {
        this.tries = tries;
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    /** Copies an entry's manifest and all that it names, where the target has not got it. */
    void copy(IndexEntry entry, Repository target) throws EngineException, InterruptedException {
        Repository from = entry.from();
        String digest = entry.digest().toString();
        String where = target.session().entry().address() + "/" + target.path();
        if (target.isSame(from)
                || tries.run("look for " + digest + " in " + where, () -> target.hasManifest(entry.digest()))) {
            return;
        }
        String action = "copy " + digest + " of " + entry.source().familiar() + " to " + where;
        Manifest manifest = tries.run(action, () -> from.manifest(digest, entry.digest()));
        List<Blob> blobs = tries.run(action, manifest::blobs);
        Progress progress = new Progress(entry.source().familiar(), blobs);
        for (Blob blob : blobs) {
            progress.begin();
            tries.run(action, () -> {
                copy(blob, from, target, progress);
                return null;
            });
            progress.done++;
        }
        tries.run(action, () -> {
            target.put(digest, manifest.mediaType(), manifest.bytes());
            return null;
        });
    }

    private static void copy(Blob blob, Repository from, Repository target, LongConsumer progress)
            throws SessionFailure, EngineException {
        if (target.hasBlob(blob.digest())) {
            return;
        }
        URI place = target.begin(blob, target.isBeside(from) ? from : null);
        if (place == null) {
            return;
        }
        try (Reply content = from.open(blob)) {
            BlobStream stream = new BlobStream(body(content, from), blob, progress);
            try {
                target.upload(place, blob, stream);
            } catch (SessionFailure e) {
                throw stream.failure() == null
                        ? orCorrupt(e, stream, from, blob)
                        : from.session().lost(stream.failure());
            }
            if (!stream.isIntact()) {
                throw corrupt(from, blob);
            }
        }
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
            long now = nanoTime.getAsLong();
            if (now - told >= PROGRESS_INTERVAL_NANOS) {
                told = now;
                listener.on(new EngineEvent.Transfer("copy", name, done, blobs, bytes, total));
            }
        }
    }
}

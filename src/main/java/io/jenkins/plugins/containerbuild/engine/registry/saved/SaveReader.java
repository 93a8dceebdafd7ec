package io.jenkins.plugins.containerbuild.engine.registry.saved;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Reads the stream of a saved image, in whichever of the layouts daemons have: that of {@code docker save} before version
 * 25 with a folder for each layer, the OCI image layout of later ones, podman's with a file for each layer. Layers go to
 * whoever wants them as they pass, documents are kept; all else is passed over. Where layers are known by their content, the
 * rest is left unread once all of them have passed. Nothing is unpacked, so that no name in it leads anywhere.
 */
public final class SaveReader {

    private static final int LARGEST_DOCUMENT = 4 << 20;
    private static final int MOST_DOCUMENTS = 32 << 20;
    private static final int MOST_ENTRIES = 100_000;
    private static final int BUFFER = 64 * 1024;
    private static final Pattern BLOB = Pattern.compile("blobs/sha256/([0-9a-f]{64})");
    private static final Pattern PODMAN_LAYER = Pattern.compile("([0-9a-f]{64})\\.tar");

    private final Digest imageId;
    private final boolean asIs;
    private final Set<Digest> diffIds;
    private final Set<Digest> open;
    private final LayerMemory memory;
    private final LayerTaker taker;
    private final Spool spool;
    private final ExecutorService workers;
    private final int threads;
    private final SavedImage.Builder image = new SavedImage.Builder();
    private final byte[] buffer = new byte[BUFFER];
    private long documentBytes;

    /**
     * @param imageId the image; null where nobody has named it
     * @param asIs whether blobs are what registries get; otherwise layers come without compression
     * @param diffIds the image's layers, by the digests of their content without compression
     * @param memory knows layers by the paths that they were saved under before
     * @param taker gets the layers
     * @param spool where they are kept meanwhile
     * @param workers compress them
     * @param threads how many of these there are
     */
    public SaveReader(
            Digest imageId,
            boolean asIs,
            Set<Digest> diffIds,
            LayerMemory memory,
            LayerTaker taker,
            Spool spool,
            ExecutorService workers,
            int threads) {
        this.imageId = imageId;
        this.asIs = asIs;
        this.diffIds = Set.copyOf(diffIds);
        open = new HashSet<>(diffIds);
        this.memory = memory;
        this.taker = taker;
        this.spool = spool;
        this.workers = workers;
        this.threads = threads;
    }

    /**
     * Reads an archive whose blobs are what registries get.
     *
     * @param taker gets the layers
     * @param spool where they are kept meanwhile
     */
    public static SaveReader ofBlobs(LayerTaker taker, Spool spool) {
        return new SaveReader(null, true, Set.of(), null, taker, spool, null, 0);
    }

    /**
     * Reads to the end, or until nothing is missing any more.
     *
     * @throws IOException when the stream breaks off or is no archive of an image
     * @throws EngineException as the taker throws it, or when the disk refuses a temporary file
     * @throws InterruptedException when the thread was interrupted
     */
    public SavedImage read(InputStream stream) throws IOException, EngineException, InterruptedException {
        try {
            TarArchiveInputStream tar = new TarArchiveInputStream(stream, StandardCharsets.UTF_8.name());
            int entries = 0;
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = isEnough() ? null : tar.getNextEntry()) {
                if (++entries > MOST_ENTRIES) {
                    throw new IOException("it has more than " + MOST_ENTRIES + " entries, which no image has");
                }
                read(entry, tar);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("what came is no archive: " + e.getMessage(), e);
        }
        return image.build();
    }

    private boolean isEnough() {
        return !asIs && (open.isEmpty() || taker.hasAll()) && image.hasConfig(imageId);
    }

    private void read(TarArchiveEntry entry, TarArchiveInputStream tar)
            throws IOException, EngineException, InterruptedException {
        // A layer that an image has twice is a link the second time.
        if (entry.isDirectory() || entry.isSymbolicLink() || entry.isLink() || !entry.isFile()) {
            return;
        }
        String path = SavedImage.path(entry.getName());
        if (!image.begin(path)) {
            throw new IOException("it has " + Printable.escaped(path) + " twice");
        }
        readFile(path, entry.getSize(), tar);
    }

    private void readFile(String path, long size, TarArchiveInputStream tar)
            throws IOException, EngineException, InterruptedException {
        Matcher blob = BLOB.matcher(path);
        if (blob.matches()) {
            readBlob(path, Digest.parse("sha256:" + blob.group(1)), size, tar);
        } else if (!asIs && path.endsWith(".tar")) {
            Matcher podman = PODMAN_LAYER.matcher(path);
            compress(path, podman.matches() ? Digest.parse("sha256:" + podman.group(1)) : null, tar);
        } else {
            image.document(path, document(path, size, tar.readNBytes(LARGEST_DOCUMENT + 1)));
        }
    }

    private void readBlob(String path, Digest digest, long size, TarArchiveInputStream tar)
            throws IOException, EngineException, InterruptedException {
        boolean layer = diffIds.contains(digest);
        byte[] begin = layer || size > LARGEST_DOCUMENT ? new byte[0] : tar.readNBytes(1);
        if (begin.length > 0 && begin[0] == '{') {
            byte[] rest = tar.readNBytes(LARGEST_DOCUMENT);
            byte[] content = new byte[begin.length + rest.length];
            content[0] = begin[0];
            System.arraycopy(rest, 0, content, 1, rest.length);
            if (!ContentHash.matches(digest, content)) {
                throw new IOException(
                        "what it calls " + digest + " has the digest " + ContentHash.of(content) + " and is not that");
            }
            image.document(path, document(path, size, content));
        } else if (asIs) {
            keep(path, digest, size, begin, tar);
        } else if (layer) {
            compress(path, digest, tar);
        }
    }

    private byte[] document(String path, long size, byte[] content) throws IOException {
        documentBytes += content.length;
        if (content.length > LARGEST_DOCUMENT || documentBytes > MOST_DOCUMENTS) {
            throw new IOException(Printable.escaped(path) + " is too large for what it is (" + size + " bytes)");
        }
        if (content.length < size) {
            throw new IOException("it broke off in " + Printable.escaped(path));
        }
        return content;
    }

    /** Takes a blob as it is. */
    private void keep(String path, Digest digest, long size, byte[] begin, TarArchiveInputStream tar)
            throws IOException, EngineException, InterruptedException {
        if (!taker.wants(digest, size)) {
            return;
        }
        SpooledBlob spooled = spool.begin();
        try {
            OutputStream out = spooled.out();
            write(out, begin, begin.length);
            for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
                write(out, buffer, count);
            }
            end(spooled);
            if (!spooled.digest().equals(digest)) {
                throw new IOException("what it calls " + digest + " has the digest " + spooled.digest());
            }
            taker.take(spooled);
            spooled = null;
        } finally {
            closeIfThere(spooled);
        }
    }

    /**
     * Compresses a layer.
     *
     * @param named its digest by its path, or null where paths do not tell
     */
    private void compress(String path, Digest named, TarArchiveInputStream tar)
            throws IOException, EngineException, InterruptedException {
        Optional<Digest> expected = named == null ? memory.diffIdOf(path) : Optional.of(named);
        Optional<KnownLayer> known = expected.filter(diffIds::contains).flatMap(memory::layer);
        if (taker.hasAll()
                || known.isPresent()
                        && !taker.wants(known.get().digest(), known.get().size())) {
            // The configuration says in the end which layers have to be there.
            expected.ifPresent(open::remove);
            return;
        }
        SpooledBlob spooled = spool.begin();
        try (BlockGzip gzip = gzip(spooled)) {
            ContentHash hash = ContentHash.sha256();
            for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
                hash.add(buffer, 0, count);
                write(gzip, buffer, count);
            }
            finish(gzip);
            end(spooled);
            Digest diffId = hash.digest();
            if (!diffIds.contains(diffId)) {
                throw new IOException(Printable.escaped(path) + " has the digest " + diffId
                        + ", and is none of the layers that the daemon named before");
            }
            memory.remember(diffId, spooled.digest(), spooled.size(), null, named == null ? path : null);
            open.remove(diffId);
            taker.take(spooled);
            spooled = null;
        } finally {
            closeIfThere(spooled);
        }
    }

    private static void closeIfThere(SpooledBlob spooled) {
        if (spooled != null) {
            spooled.close();
        }
    }

    private BlockGzip gzip(SpooledBlob spooled) throws EngineException {
        try {
            return new BlockGzip(spooled.out(), workers, threads + 1);
        } catch (IOException e) {
            throw Spool.trouble(e);
        }
    }

    private static void write(OutputStream out, byte[] bytes, int count) throws EngineException {
        try {
            out.write(bytes, 0, count);
        } catch (IOException e) {
            throw Spool.trouble(e);
        }
    }

    private static void finish(BlockGzip gzip) throws EngineException {
        try {
            gzip.finish();
        } catch (IOException e) {
            throw Spool.trouble(e);
        }
    }

    private static void end(SpooledBlob spooled) throws EngineException {
        try {
            spooled.end();
        } catch (IOException e) {
            throw Spool.trouble(e);
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.registry.saved;

import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A stream as a daemon's, made entry by entry, and a reader for it that takes every layer. */
public final class SaveUnderTest implements LayerTaker {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);
    private final LayerMemory memory;
    private final List<String> taken = new ArrayList<>();
    private final Set<Digest> there;

    /**
     * @param remembers the machine's folder
     * @param there what need not be taken any more
     */
    public SaveUnderTest(Path remembers, Digest... there) {
        memory = new LayerMemory(remembers);
        this.there = Set.of(there);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    /** What the machine remembers. */
    public LayerMemory memory() {
        return memory;
    }

    /** The layers that were taken, without compression. */
    public List<String> taken() {
        return taken;
    }

    /** The digest of a text. */
    public static Digest digest(String content) {
        return ContentHash.of(content.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file. */
    public SaveUnderTest file(String path, String content) {
        byte[] text = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(path, true);
        entry.setSize(text.length);
        return add(entry, text);
    }

    /** Adds a symbolic link. */
    public SaveUnderTest link(String path, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        return add(entry, new byte[0]);
    }

    private SaveUnderTest add(TarArchiveEntry entry, byte[] content) {
        try {
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads it as the image that has this configuration, or what is needed of it. */
    public SavedImage read(boolean asIs, Digest imageId, Digest... diffIds) throws Exception {
        tar.finish();
        return read(bytes.toByteArray(), asIs, imageId, diffIds);
    }

    /** Reads its beginning, without a third of the bytes. */
    public SavedImage readTorn(Digest... diffIds) throws Exception {
        tar.finish();
        return read(Arrays.copyOf(bytes.toByteArray(), bytes.size() * 2 / 3), false, digest("none"), diffIds);
    }

    private SavedImage read(byte[] stream, boolean asIs, Digest imageId, Digest... diffIds) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try {
            return new SaveReader(imageId, asIs, Set.of(diffIds), memory, this, new Spool(1), workers, 2)
                    .read(new ByteArrayInputStream(stream));
        } finally {
            workers.shutdownNow();
        }
    }

    @Override
    public boolean hasAll() {
        return false;
    }

    @Override
    public boolean wants(Digest digest, long size) {
        return !there.contains(digest);
    }

    @Override
    public void take(SpooledBlob blob) {
        try (blob) {
            byte[] content = blob.open().readAllBytes();
            boolean compressed = content.length > 1 && content[0] == 0x1f && content[1] == (byte) 0x8b;
            try (InputStream plain = compressed
                    ? new GZIPInputStream(new ByteArrayInputStream(content))
                    : new ByteArrayInputStream(content)) {
                taken.add(new String(plain.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

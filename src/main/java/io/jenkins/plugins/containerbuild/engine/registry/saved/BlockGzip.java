package io.jenkins.plugins.containerbuild.engine.registry.saved;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes gzip (RFC 1952) as pigz does: blocks are compressed side by side, each with the end of the one before as its
 * dictionary, and written in their order as one member; what is compressed already is stored as it is. The same content gives the same bytes, however many threads there
 * are. Closing it ends the gzip stream and leaves the one below open.
 */
final class BlockGzip extends OutputStream {

    private static final int BLOCK = 512 * 1024;
    private static final int WINDOW = 32 * 1024;
    private static final int PART = 32 * 1024;
    private static final int SAMPLE = 8 * 1024;
    private static final int SAMPLES = 4;

    /** Twice as fast as zlib's usual 6, and larger by two percent. */
    private static final int LEVEL = 4;

    /** Deflate, no name, no time, system unknown: the header that Go writes, too. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final OutputStream out;
    private final ExecutorService workers;
    private final int ahead;
    private final ArrayDeque<Future<byte[]>> pending = new ArrayDeque<>();
    private final Queue<Deflater> compressing = new ConcurrentLinkedQueue<>();
    private final Queue<Deflater> storing = new ConcurrentLinkedQueue<>();
    private final Queue<Deflater> looking = new ConcurrentLinkedQueue<>();
    private final CRC32 checksum = new CRC32();
    private byte[] block = new byte[BLOCK];
    private byte[] window = new byte[0];
    private int filled;
    private long length;

    /**
     * @param out gets what was compressed
     * @param workers compress
     * @param ahead how many blocks may be in memory
     */
    BlockGzip(OutputStream out, ExecutorService workers, int ahead) throws IOException {
        this.out = out;
        this.workers = workers;
        this.ahead = ahead;
        out.write(HEADER);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        checksum.update(bytes, from, count);
        length += count;
        int position = from;
        int left = count;
        while (left > 0) {
            if (filled == BLOCK) {
                compress(false);
            }
            int taken = Math.min(left, BLOCK - filled);
            System.arraycopy(bytes, position, block, filled, taken);
            filled += taken;
            position += taken;
            left -= taken;
        }
    }

    private void compress(boolean last) throws IOException {
        byte[] content = block;
        byte[] dictionary = window;
        int size = filled;
        pending.add(workers.submit(() -> deflated(content, size, dictionary, last)));
        window = Arrays.copyOfRange(content, Math.max(0, size - WINDOW), size);
        block = new byte[BLOCK];
        filled = 0;
        while (pending.size() > ahead) {
            out.write(first());
        }
    }

    private byte[] deflated(byte[] content, int size, byte[] dictionary, boolean last) {
        boolean dense = isDense(content, size);
        Queue<Deflater> kind = dense ? storing : compressing;
        Deflater deflater = kind.poll();
        if (deflater == null) {
            deflater = new Deflater(dense ? Deflater.NO_COMPRESSION : LEVEL, true);
        }
        deflater.setDictionary(dictionary);
        deflater.setInput(content, 0, size);
        if (last) {
            deflater.finish();
        }
        ByteArrayOutputStream result = new ByteArrayOutputStream(dense ? size + PART : size / 2);
        byte[] part = new byte[PART];
        int count;
        do {
            count = deflater.deflate(part, 0, part.length, last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
            result.write(part, 0, count);
        } while (last ? !deflater.finished() : count == part.length);
        deflater.reset();
        kind.add(deflater);
        return result.toByteArray();
    }

    /** Whether content is compressed already, as archives and pictures are: looked at in a few places. */
    private boolean isDense(byte[] content, int size) {
        if (size < BLOCK) {
            return false;
        }
        Deflater deflater = looking.poll();
        if (deflater == null) {
            deflater = new Deflater(Deflater.BEST_SPEED, true);
        }
        byte[] part = new byte[2 * SAMPLE];
        int compressed = 0;
        for (int i = 0; i < SAMPLES; i++) {
            deflater.setInput(content, i * (size / SAMPLES), SAMPLE);
            deflater.finish();
            compressed += deflater.deflate(part);
            deflater.reset();
        }
        looking.add(deflater);
        return compressed > SAMPLES * SAMPLE * 98L / 100;
    }

    private byte[] first() throws IOException {
        try {
            return pending.remove().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("compressing was interrupted").initCause(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("compressing failed in a way nobody thought of", e);
        }
    }

    /** Writes what is still there, and the end. */
    void finish() throws IOException {
        compress(true);
        while (!pending.isEmpty()) {
            out.write(first());
        }
        byte[] trailer = new byte[8];
        littleEndian(checksum.getValue(), trailer, 0);
        littleEndian(length, trailer, 4);
        out.write(trailer);
    }

    private static void littleEndian(long value, byte[] bytes, int at) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
    }

    /** Gives back what the system holds for it; what is not finished stays incomplete. */
    @Override
    public void close() {
        for (Future<byte[]> block : pending) {
            block.cancel(true);
        }
        pending.clear();
        for (Queue<Deflater> idle : List.of(compressing, storing, looking)) {
            for (Deflater deflater = idle.poll(); deflater != null; deflater = idle.poll()) {
                deflater.end();
            }
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.file;

import java.io.OutputStream;
import java.util.Arrays;

/** What the archive was given and nobody has read yet; it never has more than one header or one piece of a file. */
public final class Pieces extends OutputStream {

    private byte[] bytes;
    private int from;
    private int to;

    /** @param piece how many bytes it is given at once, as a rule */
    public Pieces(int piece) {
        bytes = new byte[piece + 4096];
    }

    /** Whether everything was read. */
    public boolean isEmpty() {
        return from == to;
    }

    /** How much can be read. */
    public int length() {
        return to - from;
    }

    /** Reads, as {@link java.io.InputStream#read(byte[], int, int)} does; 0 when there is nothing. */
    public int take(byte[] target, int offset, int length) {
        int count = Math.min(length, to - from);
        System.arraycopy(bytes, from, target, offset, count);
        from += count;
        if (from == to) {
            from = 0;
            to = 0;
        }
        return count;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        if (to + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, to + length));
        }
        System.arraycopy(source, offset, bytes, to, length);
        to += length;
    }
}

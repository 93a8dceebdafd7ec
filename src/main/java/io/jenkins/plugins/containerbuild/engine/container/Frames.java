package io.jenkins.plugins.containerbuild.engine.container;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Takes apart a stream of standard output and standard error: frames with one byte for which it is, three of no meaning,
 * four for a length, and so many bytes. See "Stream format" at ContainerAttach in the Engine's API.
 */
final class Frames {

    private static final int PIECE = 8 * 1024;
    private static final int STANDARD_ERROR = 2;

    private Frames() {}

    /** Copies until the stream ends. */
    static void copy(InputStream stream, OutputStream output, OutputStream error) throws IOException {
        DataInputStream frames = new DataInputStream(stream);
        byte[] piece = new byte[PIECE];
        for (int kind = frames.read(); kind >= 0; kind = frames.read()) {
            frames.skipNBytes(3);
            OutputStream target = kind == STANDARD_ERROR ? error : output;
            long left = frames.readInt() & 0xffffffffL;
            while (left > 0) {
                int read = frames.read(piece, 0, (int) Math.min(left, piece.length));
                if (read < 0) {
                    throw new EOFException("the stream ended in the middle of a frame");
                }
                target.write(piece, 0, read);
                left -= read;
            }
            target.flush();
        }
    }
}

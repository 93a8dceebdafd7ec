package io.jenkins.plugins.containerbuild.engine.container;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning of what is written to it. */
final class CapturedText extends OutputStream {

    /** How many bytes are kept. */
    static final int LIMIT = 1024 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean truncated;

    @Override
    public synchronized void write(int value) {
        if (kept.size() < LIMIT) {
            kept.write(value);
        } else {
            truncated = true;
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int taken = Math.min(length, LIMIT - kept.size());
        kept.write(bytes, offset, taken);
        truncated |= taken < length;
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    synchronized boolean truncated() {
        return truncated;
    }
}

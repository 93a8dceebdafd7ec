package io.jenkins.plugins.containerbuild.engine.container;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Hands over each line that is written to it, without its end; what is too long for a line comes in pieces. */
public final class Lines extends OutputStream {

    private static final int LONGEST = 64 * 1024;

    private final Consumer<String> sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** @param sink gets each line */
    public Lines(Consumer<String> sink) {
        this.sink = sink;
    }

    @Override
    public void write(int value) {
        if (value == '\n') {
            pass();
            return;
        }
        if (line.size() >= LONGEST) {
            pass();
        }
        line.write(value);
    }

    private void pass() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        sink.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    /** Hands over a last line that has no end. */
    @Override
    public void close() {
        if (line.size() > 0) {
            pass();
        }
    }
}

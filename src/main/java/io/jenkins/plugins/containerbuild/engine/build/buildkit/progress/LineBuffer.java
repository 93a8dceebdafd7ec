package io.jenkins.plugins.containerbuild.engine.build.buildkit.progress;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Makes lines out of the pieces of a step's output, and keeps the last ones for the day it fails. */
final class LineBuffer {

    static final int LAST_LINES = 30;

    private static final int LONGEST_LINE = 64 * 1024;

    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final Deque<String> last = new ArrayDeque<>();

    void add(byte[] piece, Consumer<String> sink) {
        for (byte next : piece) {
            if (next == '\n') {
                emit(sink);
            } else if (next != '\r') {
                pending.write(next);
                if (pending.size() >= LONGEST_LINE) {
                    emit(sink);
                }
            }
        }
    }

    /** What came without a line end is a line, too, once nothing more comes. */
    void end(Consumer<String> sink) {
        if (pending.size() > 0) {
            emit(sink);
        }
    }

    private void emit(Consumer<String> sink) {
        String line = pending.toString(StandardCharsets.UTF_8);
        pending.reset();
        if (last.size() == LAST_LINES) {
            last.removeFirst();
        }
        last.addLast(line);
        sink.accept(line);
    }

    List<String> lastLines() {
        return List.copyOf(last);
    }
}

package io.jenkins.plugins.containerbuild.engine.compose;

import io.jenkins.plugins.containerbuild.engine.container.Lines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run of a program, by a list of arguments and without a shell; it never outlives the call. */
final class ComposeProcess {

    private static final int LARGEST_OUTPUT = 16 * 1024 * 1024;
    private static final int LAST_LINES = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ComposeRoom room;
    private final Deque<String> lines = new ArrayDeque<>();

    ComposeProcess(ComposeRoom room) {
        this.room = room;
    }

    /**
     * How it ended.
     *
     * @param code its exit code; null when its time was up
     * @param output what it printed on standard output, where that was asked for
     * @param lines the last lines that it printed besides
     */
    record Ended(Integer code, String output, List<String> lines) {

        boolean succeeded() {
            return code != null && code == 0;
        }
    }

    /** Runs it for its standard output. */
    Ended capture(List<String> command, Duration limit) throws IOException, InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Integer code = run(command, new byte[0], new Bounded(output), line -> {}, limit);
        return new Ended(code, output.toString(StandardCharsets.UTF_8), lastLines());
    }

    /**
     * Runs it for what it does.
     *
     * @param input its standard input
     * @param told each line of either stream
     */
    Ended follow(List<String> command, byte[] input, Consumer<String> told, Duration limit)
            throws IOException, InterruptedException {
        Integer code = run(command, input, null, told, limit);
        return new Ended(code, "", lastLines());
    }

    private Integer run(List<String> command, byte[] input, OutputStream output, Consumer<String> told, Duration limit)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(room.folder().toFile()).redirectErrorStream(output == null);
        builder.environment().clear();
        builder.environment().putAll(room.environment());
        Process process = builder.start();
        try {
            List<Thread> threads = new ArrayList<>();
            threads.add(start("input", () -> give(process, input)));
            if (output != null) {
                threads.add(start("output", () -> process.getInputStream().transferTo(output)));
            }
            InputStream spoken = output == null ? process.getInputStream() : process.getErrorStream();
            threads.add(start("lines", () -> hear(spoken, told)));
            Integer code = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : null;
            end(process);
            for (Thread thread : threads) {
                // A child of the program may hold its streams open for longer than the program lives.
                thread.join(PATIENCE.toMillis());
            }
            return code;
        } finally {
            end(process);
        }
    }

    private static void give(Process process, byte[] input) throws IOException {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        }
    }

    private void hear(InputStream stream, Consumer<String> told) throws IOException {
        try (Lines sink = new Lines(line -> note(line, told))) {
            stream.transferTo(sink);
        }
    }

    private void note(String line, Consumer<String> told) {
        synchronized (lines) {
            lines.add(line);
            if (lines.size() > LAST_LINES) {
                lines.remove();
            }
        }
        told.accept(line);
    }

    private List<String> lastLines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** Asks it and what it started to end, and ends them when they do not. */
    private static void end(Process process) {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        boolean interrupted = Thread.interrupted();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                process.waitFor(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        all.forEach(ProcessHandle::destroyForcibly);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Work with a stream. */
    private interface Streaming {
        void run() throws IOException;
    }

    private static Thread start(String name, Streaming work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        System.getLogger(ComposeProcess.class.getName())
                                .log(System.Logger.Level.DEBUG, "a stream of Docker Compose ended early", e);
                    }
                },
                "Docker Compose " + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Takes only so much: what is printed is somebody else's. */
    private static final class Bounded extends OutputStream {

        private final ByteArrayOutputStream target;

        Bounded(ByteArrayOutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (target.size() + length > LARGEST_OUTPUT) {
                throw new IOException("more than " + LARGEST_OUTPUT + " bytes");
            }
            target.write(bytes, offset, length);
        }
    }
}

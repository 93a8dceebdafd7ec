package io.jenkins.plugins.containerbuild.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A script of {@code dev} that serves something until its standard input ends. Because the other end of that pipe is in
 * this JVM, what was started ends with the JVM, however it ends.
 */
final class HeldProcess implements AutoCloseable {
    private static final int CANNOT_HAVE = 3;
    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final Writer commands;
    private final Path messages;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private String address;

    private HeldProcess(Process process, Path messages) {
        this.process = process;
        this.messages = messages;
        commands = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "testkit " + messages);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts the command and waits until it is ready.
     *
     * @param folder where its messages go, to the file {@code messages.log}
     * @throws Unavailable when this machine cannot have what the command serves
     * @throws IllegalStateException when it failed to start
     */
    static HeldProcess start(Path folder, Map<String, String> environment, List<String> command) {
        Path messages = folder.resolve("messages.log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(messages.toFile());
        builder.environment().putAll(environment);
        try {
            HeldProcess held = new HeldProcess(builder.start(), messages);
            held.address = held.await("ready ");
            return held;
        } catch (IOException e) {
            throw new Unavailable("could not run " + command.get(0) + ": " + e.getMessage());
        }
    }

    /** What the command said it is ready at. */
    String address() {
        return address;
    }

    /** What was started goes away, and keeps what it has. */
    void stop() {
        send("stop");
        await("stopped");
    }

    /** What was stopped comes back at the same address. */
    void start() {
        send("start");
        await("ready ");
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("did not end in time: " + said());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void send(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("it ended by itself: " + said(), e);
        }
    }

    private String await(String expected) {
        try {
            Optional<String> line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line != null && line.isPresent() && line.get().startsWith(expected)) {
                return line.get().substring(expected.length());
            }
            throw line == null ? gaveUp() : failure();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the test kit", e);
        }
    }

    private RuntimeException gaveUp() {
        process.destroyForcibly();
        return new IllegalStateException("no answer in " + PATIENCE_SECONDS + " s: " + said());
    }

    private RuntimeException failure() throws InterruptedException {
        close();
        return process.exitValue() == CANNOT_HAVE ? new Unavailable(said()) : new IllegalStateException(said());
    }

    private String said() {
        try {
            return Files.readString(messages).strip();
        } catch (IOException e) {
            return "(no messages in " + messages + ")";
        }
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Optional.of(line));
            }
        } catch (IOException e) {
            // The process has gone; the same as its end.
        }
        lines.add(Optional.empty());
    }
}

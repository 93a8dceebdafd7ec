package io.jenkins.plugins.containerbuild.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A {@code buildkitd} of the tests' own: the one that {@code dev/buildkit} compiles, or the one that {@value #VARIABLE} names. It lives in
 * namespaces of its own, which end with it.
 */
public final class TestBuildkitd implements TestBuilder {
    static final String VARIABLE = "CONTAINERBUILD_TEST_BUILDKITD";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder = Project.newFolder("buildkitd");
    private final int port = FreePort.find();
    private final Path program;
    private final List<String> options;
    private Process process;

    private TestBuildkitd(Path program, List<String> options) {
        this.program = program;
        this.options = options;
        start();
    }

    /**
     * Starts one on a port of this machine.
     *
     * @param options further options of its command line
     * @throws org.opentest4j.TestAbortedException when this machine has none; says how to get it
     */
    public static TestBuildkitd launch(String... options) {
        return new TestBuildkitd(program(), List.of(options));
    }

    private static Path program() {
        String named = System.getenv(VARIABLE);
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        return BuildKitPrograms.find("buildkitd");
    }

    @Override
    public String address() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    public void stop() {
        // All in the namespaces ends with their first process, and unshare not before it: nobody has the port, a lock
        // or
        // a file any more then.
        List<ProcessHandle> first = process.children().toList();
        first.forEach(ProcessHandle::destroyForcibly);
        if (first.isEmpty()) {
            process.destroyForcibly();
        }
        awaitEnd();
    }

    /** It is asked to end, as a service manager does. */
    public void terminate() {
        process.children().forEach(ProcessHandle::destroy);
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("buildkitd does not end: " + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                program.toString(),
                "--addr",
                address(),
                "--root",
                folder.resolve("data").toString(),
                "--containerd-worker=false"));
        command.addAll(options);
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitPort();
    }

    private void awaitPort() {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            if (!process.isAlive()) {
                throw new IllegalStateException("buildkitd ended by itself: " + log());
            }
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (IOException e) {
                pause();
            }
        }
        throw new IllegalStateException("buildkitd does not listen: " + log());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        stop();
        Project.delete(folder.resolve("data"));
    }
}

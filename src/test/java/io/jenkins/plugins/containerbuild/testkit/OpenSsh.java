package io.jenkins.plugins.containerbuild.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** OpenSSH's own programs: they make keys, hold them in an agent, and use them inside of a build. */
public final class OpenSsh {

    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    private final Path folder;

    private OpenSsh(Path folder) {
        this.folder = folder;
    }

    /**
     * Looks for the programs.
     *
     * @param folder gets the keys
     * @throws org.opentest4j.TestAbortedException when they are not installed
     */
    public static OpenSsh in(Path folder) {
        for (String program : List.of("ssh-keygen", "ssh-agent", "ssh-add")) {
            if (!Files.isExecutable(program(program))) {
                throw new Unavailable(program + " is missing; the package openssh-client has it");
            }
        }
        return new OpenSsh(folder);
    }

    private static Path program(String name) {
        return Path.of("/usr/bin", name);
    }

    /**
     * Makes a key.
     *
     * @param options more options of {@code ssh-keygen}: {@code -t}, {@code -m}
     * @return the private half's file; the public half's has {@code .pub} behind it
     */
    public Path key(String name, String passphrase, String... options) {
        Path file = folder.resolve(name);
        List<String> command = new ArrayList<>(
                List.of(program("ssh-keygen").toString(), "-q", "-N", passphrase, "-C", name, "-f", file.toString()));
        command.addAll(List.of(options));
        run(command, Map.of());
        return file;
    }

    /** An agent that holds keys; close it. */
    public Agent agent(Path... keys) {
        Agent agent = new Agent(folder.resolve("agent.sock"));
        Stream.of(keys)
                .forEach(key -> run(
                        List.of(program("ssh-add").toString(), "-q", key.toString()),
                        Map.of("SSH_AUTH_SOCK", agent.socket().toString())));
        return agent;
    }

    /** A running agent. */
    public static final class Agent implements AutoCloseable {

        private final Path socket;
        private final Process process;

        private Agent(Path socket) {
            this.socket = socket;
            try {
                process = new ProcessBuilder(program("ssh-agent").toString(), "-D", "-a", socket.toString())
                        .redirectErrorStream(true)
                        .start();
                // It says its address once it listens.
                process.inputReader().readLine();
            } catch (IOException e) {
                throw new UncheckedIOException("could not start ssh-agent", e);
            }
        }

        /** Where it listens. */
        public Path socket() {
            return socket;
        }

        @Override
        public void close() {
            process.destroy();
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Puts {@code ssh-add} and {@code ssh-keygen}, and what they need, into a build context.
     *
     * @param root becomes the image's root
     */
    public void copyTo(Path root) {
        try {
            for (String name : List.of("ssh-add", "ssh-keygen")) {
                copy(program(name), root);
                Matcher library =
                        LIBRARY.matcher(run(List.of("ldd", program(name).toString()), Map.of()));
                while (library.find()) {
                    copy(Path.of(library.group(1)), root);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not copy OpenSSH's programs", e);
        }
    }

    private static void copy(Path file, Path root) throws IOException {
        Path target = root.resolve(Path.of("/").relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file.toRealPath(), target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static String run(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + said.strip());
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException("could not run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        }
    }
}

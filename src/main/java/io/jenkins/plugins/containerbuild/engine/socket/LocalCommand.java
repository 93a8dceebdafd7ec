package io.jenkins.plugins.containerbuild.engine.socket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Programs of the system that answer within moments. They are looked for where only root can put them, whatever the PATH
 * of a build says, and get an environment of their own and no input.
 */
final class LocalCommand {

    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");
    private static final int NOT_RUN = -1;

    private LocalCommand() {}

    /**
     * How a program ended.
     *
     * @param code its exit code; -1 when it could not be run or did not end in time
     * @param output what it printed on both streams, or why it was not run; without spaces around
     */
    record Outcome(int code, String output) {

        boolean succeeded() {
            return code == 0;
        }
    }

    /** The absolute path of a program, where the system has it. */
    static Optional<String> find(String name) {
        return Stream.of(name)
                .flatMap(program -> FOLDERS.stream().map(folder -> folder + "/" + program))
                .filter(program -> Files.isExecutable(Path.of(program)))
                .findFirst();
    }

    static Outcome run(List<String> command, Duration limit) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", String.join(":", FOLDERS), "LC_ALL", "C"));
        try {
            Process process = builder.start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    return new Outcome(NOT_RUN, "it did not end within " + limit.toMillis() + " ms");
                }
                return new Outcome(process.exitValue(), printed(process.getInputStream()));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return new Outcome(NOT_RUN, String.valueOf(e.getMessage()));
        }
    }

    /** Only what is there: a child of the program may hold the stream open for longer than the program lives. */
    private static String printed(InputStream output) throws IOException {
        return new String(output.readNBytes(output.available()), StandardCharsets.UTF_8).strip();
    }
}

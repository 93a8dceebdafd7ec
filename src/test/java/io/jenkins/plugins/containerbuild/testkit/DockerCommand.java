package io.jenkins.plugins.containerbuild.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The docker command line with a BuildKit client, which tests compare the engine with. */
public final class DockerCommand {

    private static final Pattern VERSION = Pattern.compile("Docker version (\\d+)\\.");
    /** Since this one, the BuildKit client is the plugin buildx. */
    private static final int FIRST_WITHOUT_ITS_OWN = 23;

    private final Path program;

    private DockerCommand(Path program) {
        this.program = program;
    }

    /**
     * The first one in the {@code PATH} that has a BuildKit client.
     *
     * @throws org.opentest4j.TestAbortedException when there is none
     */
    public static DockerCommand withBuildKit() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder).resolve("docker"))
                .filter(Files::isExecutable)
                .filter(DockerCommand::hasBuildKit)
                .findFirst()
                .map(DockerCommand::new)
                .orElseThrow(() -> new Unavailable("no docker command with a BuildKit client in the PATH: install"
                        + " docker.io or docker-cli, and from version 23 on docker-buildx"));
    }

    private static boolean hasBuildKit(Path program) {
        Matcher version = VERSION.matcher(run(List.of(program.toString(), "--version"), null).output);
        return version.find()
                && (Integer.parseInt(version.group(1)) < FIRST_WITHOUT_ITS_OWN
                        || run(List.of(program.toString(), "buildx", "version"), null).code == 0);
    }

    /**
     * Runs {@code docker ARGUMENTS} against an engine.
     *
     * @throws IllegalStateException when it fails; says what it said
     */
    public String run(TestEngine engine, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Run run = run(command, engine.uri());
        if (run.code != 0) {
            throw new IllegalStateException(command + ": " + run.output);
        }
        return run.output;
    }

    private static Run run(List<String> command, URI engine) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DOCKER_BUILDKIT", "1");
        builder.environment().keySet().removeIf(name -> name.equals("DOCKER_CONTEXT"));
        if (engine != null) {
            builder.environment().put("DOCKER_HOST", engine.toString());
        }
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException("could not run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        }
    }

    private record Run(int code, String output) {}
}

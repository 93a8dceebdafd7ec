package io.jenkins.plugins.containerbuild.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The docker command line with a BuildKit client, which tests compare the engine with. */
public final class DockerCommand {

    private static final Pattern VERSION = Pattern.compile("Docker version (\\d+)\\.");
    /** Since this one, the BuildKit client is the plugin buildx. */
    private static final int FIRST_WITHOUT_ITS_OWN = 23;

    private final Path program;
    private final Path configuration;

    private DockerCommand(Path program, Path configuration) {
        this.program = program;
        this.configuration = configuration;
    }

    /**
     * The one whose time is that of an engine: the machine's own for the installed engine, else the newest of Debian.
     *
     * @throws org.opentest4j.TestAbortedException when there is none
     */
    public static DockerCommand fitting(TestEngine engine) {
        return engine.kind() == EngineKind.INSTALLED ? withBuildKit() : newest();
    }

    private static DockerCommand newest() {
        Path script = Project.script("debian13");
        Run found = run(List.of(script.toString(), "command"), Map.of());
        if (found.code != 0) {
            throw new Unavailable(found.output.strip());
        }
        Path program = Path.of(found.output.strip());
        Path plugins = program.resolveSibling("../libexec/docker/cli-plugins").normalize();
        Path configuration = Project.newFolder("docker-command");
        try {
            Files.writeString(configuration.resolve("config.json"), "{\"cliPluginsExtraDirs\": [\"" + plugins + "\"]}");
        } catch (IOException e) {
            throw new UncheckedIOException("could not write to " + configuration, e);
        }
        return new DockerCommand(program, configuration);
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
                .map(program -> new DockerCommand(program, Project.newFolder("docker-command")))
                .orElseThrow(() -> new Unavailable("no docker command with a BuildKit client in the PATH: install"
                        + " docker.io or docker-cli, and from version 23 on docker-buildx"));
    }

    private static boolean hasBuildKit(Path program) {
        Matcher version = VERSION.matcher(run(List.of(program.toString(), "--version"), Map.of()).output);
        return version.find()
                && (Integer.parseInt(version.group(1)) < FIRST_WITHOUT_ITS_OWN
                        || run(List.of(program.toString(), "buildx", "version"), Map.of()).code == 0);
    }

    /** The words that run {@code docker ARGUMENTS} against an engine, for who starts programs by one line. */
    public String line(TestEngine engine, List<String> arguments) {
        return program + " --host " + engine.uri() + ' ' + String.join(" ", arguments);
    }

    /**
     * Runs {@code docker ARGUMENTS} against an engine.
     *
     * @throws IllegalStateException when it fails; says what it said
     */
    public String run(TestEngine engine, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Map<String, String> environment = new HashMap<>();
        environment.put("DOCKER_HOST", engine.uri().toString());
        environment.put("DOCKER_CONFIG", configuration.toString());
        environment.put("BUILDX_CONFIG", configuration.resolve("buildx").toString());
        // What nobody asked for would make another image of it.
        environment.put("BUILDX_NO_DEFAULT_ATTESTATIONS", "1");
        Run run = run(command, environment);
        if (run.code != 0) {
            throw new IllegalStateException(command + ": " + run.output);
        }
        return run.output;
    }

    private static Run run(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DOCKER_BUILDKIT", "1");
        builder.environment().keySet().removeIf(name -> name.equals("DOCKER_CONTEXT"));
        builder.environment().putAll(environment);
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

package io.jenkins.plugins.containerbuild.engine.compose;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The Docker Compose of this machine, version 2 or newer. It is looked for where the docker command looks for its plugins
 * (docs.docker.com/compose/install/linux), then in the {@code PATH}; the docker command itself is asked last, so that none
 * has to be there.
 *
 * @param command how it is called, before its own arguments
 * @param version as it tells it, such as {@code 2.26.1}
 */
record ComposeProgram(List<String> command, String version) {

    static final List<String> PLUGIN_FOLDERS = List.of(
            "/usr/local/lib/docker/cli-plugins",
            "/usr/local/libexec/docker/cli-plugins",
            "/usr/lib/docker/cli-plugins",
            "/usr/libexec/docker/cli-plugins");

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String NAME = File.separatorChar == '\\' ? "docker-compose.exe" : "docker-compose";

    /**
     * Finds it.
     *
     * @param folders where all users have plugins
     * @throws InvalidRequestException when there is none, or only a version 1; says how to install it
     * @throws InterruptedException when the thread was interrupted
     */
    static ComposeProgram find(ComposeRoom room, List<String> folders) throws EngineException, InterruptedException {
        List<String> unfit = new ArrayList<>();
        for (List<String> candidate : candidates(room.environment(), folders)) {
            String version = version(room, candidate);
            if (version == null) {
                continue;
            }
            if (!version.startsWith("1.")) {
                return new ComposeProgram(candidate, version);
            }
            unfit.add(String.join(" ", candidate) + " is version " + version);
        }
        throw new InvalidRequestException(
                "could not find Docker Compose",
                unfit.isEmpty()
                        ? "this machine has neither the plugin of the docker command nor docker-compose"
                        : String.join(", ", unfit) + ", and version 2 is needed",
                "Install it on the agent: docker-compose-plugin from Docker's own packages, docker-compose on Debian 13,"
                        + " docker-compose-v2 on Ubuntu, docker-cli-compose on Alpine, docker-compose on Fedora and Arch,"
                        + " or put the program into ~/.docker/cli-plugins/docker-compose");
    }

    private static List<List<String>> candidates(Map<String, String> environment, List<String> folders) {
        List<String> plugins = new ArrayList<>();
        String configuration = environment.get("DOCKER_CONFIG");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        plugins.add((configuration == null ? home + "/.docker" : configuration) + "/cli-plugins");
        plugins.addAll(folders);
        for (String variable : List.of("ProgramData", "ProgramFiles")) {
            if (environment.containsKey(variable)) {
                plugins.add(environment.get(variable) + "\\Docker\\cli-plugins");
            }
        }
        List<String> path = List.of(environment.getOrDefault("PATH", "").split(File.pathSeparator));
        List<List<String>> found = new ArrayList<>();
        Stream.concat(plugins.stream(), path.stream())
                .flatMap(folder -> program(folder, NAME))
                .forEach(program -> found.add(List.of(program)));
        path.stream()
                .flatMap(folder -> program(folder, NAME.replace("-compose", "")))
                .findFirst()
                .ifPresent(docker -> found.add(List.of(docker, "compose")));
        return found;
    }

    private static Stream<String> program(String folder, String name) {
        try {
            Path program = Path.of(folder).resolve(name);
            return !folder.isEmpty() && program.isAbsolute() && Files.isExecutable(program)
                    ? Stream.of(program.toString())
                    : Stream.empty();
        } catch (InvalidPathException e) {
            return Stream.empty();
        }
    }

    /** Null when it does not tell: a docker command without the plugin, for example. */
    private static String version(ComposeRoom room, List<String> candidate) throws InterruptedException {
        try {
            List<String> command = new ArrayList<>(candidate);
            command.addAll(List.of("version", "--short"));
            ComposeProcess.Ended ended = new ComposeProcess(room).capture(command, LIMIT);
            String said = ended.output().strip();
            String version = said.startsWith("v") ? said.substring(1) : said;
            return ended.succeeded() && version.matches("\\d+\\.[\\x21-\\x7e]{1,60}") ? version : null;
        } catch (IOException e) {
            return null;
        }
    }
}

package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import picocli.CommandLine;

/** The recipes of docs/docker-sock.md that need no daemon. */
class SocketSamplesTest {

    private static final Path SAMPLES = Path.of("../src/test/resources/samples");

    private static JsonNode yaml(String name) throws IOException {
        return new YAMLMapper(new YAMLFactory()).readTree(SAMPLES.resolve(name).toFile());
    }

    @Test
    void thePodHasTheSocketAndItsGroup() throws IOException {
        JsonNode spec = yaml("agent-pod.yaml").path("spec");

        assertThat(spec.at("/securityContext/supplementalGroups/0").isInt()).isTrue();
        assertThat(spec.at("/volumes/0/hostPath/type").asText()).isEqualTo("Socket");
        assertThat(spec.at("/containers/0/volumeMounts/0/name").asText())
                .isEqualTo(spec.at("/volumes/0/name").asText());
    }

    @Test
    @EnabledIf("hasCompose")
    void composeTakesTheGroup() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        "docker-compose",
                        "-f",
                        SAMPLES.resolve("agent-compose.yaml").toAbsolutePath().toString(),
                        "config")
                .redirectErrorStream(true);
        builder.environment().put("DOCKER_GROUP", "998");
        Process process = builder.start();
        String config = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor()).as(config).isZero();
        assertThat(config).containsPattern("group_add:\\s+- '?998'?");
    }

    static boolean hasCompose() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "docker-compose")));
    }

    @Test
    void everyOptionIsDocumented() throws IOException {
        String page = Files.readString(Path.of("../docs/command-line.md"));

        new CommandLine(new SocketCommand())
                .getCommandSpec().options().stream()
                        .filter(option -> !option.usageHelp() && !option.versionHelp())
                        .forEach(option -> assertThat(page).contains("`" + option.longestName()));
    }
}

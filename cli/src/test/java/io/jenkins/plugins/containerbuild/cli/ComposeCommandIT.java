package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.testkit.TestCompose;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for projects of Docker Compose, in this JVM. */
@WithEngine
class ComposeCommandIT {

    private static TestCompose compose;

    @TempDir
    private Path folder;

    private TestEngine daemon;

    @BeforeAll
    static void findCompose() {
        compose = TestCompose.find();
    }

    @BeforeEach
    void setUp(TestEngine engine) {
        daemon = engine;
    }

    private record Outcome(int code, String out, String err) {

        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    private Outcome compose(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--host", daemon.uri().toString(), "compose"));
        all.addAll(List.of(arguments));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(new PrintStream(out, true), new PrintStream(err, true), all.toArray(String[]::new));
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private String file(String service) throws Exception {
        return Files.writeString(
                        folder.resolve("app.yml"),
                        "services: {web: {image: 'base:1', stop_signal: SIGKILL, " + service + "}}")
                .toString();
    }

    private String found() {
        return "DOCKER_CONFIG=" + compose.variables().get("DOCKER_CONFIG");
    }

    @Test
    void aProjectIsToldAsJson() throws Exception {
        String file = file("command: ['sh', '-c', 'echo $WORD; sleep 300'], ports: ['127.0.0.1::80']");

        Outcome up = compose("up", "--json", "-f", file, "-e", found(), "-e", "WORD=hello", "--time-limit", "1m");
        assertThat(up.code()).as(up.err()).isZero();
        String project = up.json().path("project").asText();
        Outcome ps = compose("ps", "-p", project, "--json");
        Outcome port = compose("port", "-p", project, "web", "80", "--json");
        Outcome noPort = compose("port", "-p", project, "web", "81");
        Outcome noService = compose("logs", "-p", project, "db");
        Outcome logs = compose("logs", "-p", project, "web", "--tail", "1");
        Outcome foreign = compose("down", "-p", project, "--controller", "somebody");
        Outcome down = compose("down", "-p", project);

        assertThat(project).startsWith("container-build-");
        assertThat(up.json().path("composeVersion").asText()).startsWith("2.");
        JsonNode web = ps.json().path("services").path(0);
        assertThat(web.path("service").asText()).isEqualTo("web");
        assertThat(web.path("state").asText()).isEqualTo("running");
        assertThat(port.json().path("port")).isEqualTo(web.path("ports").path(0).path("hostPort"));
        assertThat(noPort.err()).contains("could not find the port 81 of the service web: it does not publish it");
        assertThat(noService.err()).contains("could not find the service db", "has [web]");
        assertThat(logs.out()).isEqualTo("hello\n");
        assertThat(foreign.err()).contains("it was not made by somebody");
        assertThat(down.code()).as(down.err()).isZero();
        assertThat(compose("ps", "-p", project).err()).contains("has no containers of it");
    }

    @Test
    void whatDoesNotComeUpIsAnErrorWithExitCodeOne() throws Exception {
        String logs = folder.resolve("logs").toString();

        Outcome failed =
                compose("up", "-f", file("command: ['sh', '-c', 'echo why; exit 4']"), "-e", found(), "--logs", logs);
        Outcome misspelt = compose("up", "--fil", "x");
        Outcome nothing = compose();

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("the service web: its process ended with exit code 4", "web | why");
        assertThat(folder.resolve("logs/web.log")).hasContent("why");
        assertThat(misspelt.code()).isEqualTo(2);
        assertThat(nothing.err()).contains("Missing required subcommand");
    }
}

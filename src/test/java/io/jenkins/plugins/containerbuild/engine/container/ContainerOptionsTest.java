package io.jenkins.plugins.containerbuild.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts that say how a container runs. */
class ContainerOptionsTest {

    @ParameterizedTest
    @CsvSource({
        "5432, 127.0.0.1, , 5432, tcp",
        "8080:80, 127.0.0.1, 8080, 80, tcp",
        "0.0.0.0:8080:80, 0.0.0.0, 8080, 80, tcp",
        "127.0.0.1::53/udp, 127.0.0.1, , 53, udp",
        "'[::1]:8080:80/TCP', ::1, 8080, 80, tcp",
    })
    void portsAreReadAsTheDockerCommandWritesThem(
            String text, String address, Integer hostPort, int containerPort, String protocol) throws Exception {
        assertThat(PublishedPort.parse(text)).isEqualTo(new PublishedPort(address, hostPort, containerPort, protocol));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http", "80:", "80/icmp", "70000", "1:70000", "0", "a:80:80", "80:80:80", "-1"})
    void whatIsNoPortIsRefused(String text) {
        assertThatThrownBy(() -> PublishedPort.parse(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("could not read the port");
    }

    @Test
    void timesAreReadAsGoWritesThem() throws Exception {
        assertThat(Durations.parse("x", "1m30s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(Durations.parse("x", "1.5h")).isEqualTo(Duration.ofMinutes(90));
        assertThat(Durations.parse("x", "250ms")).isEqualTo(Duration.ofMillis(250));
        assertThat(Durations.parse("x", null)).isNull();
        assertThatThrownBy(() -> Durations.parse("timeLimit", "5"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("timeLimit with '5'");
    }

    @Test
    void conditionsAreReadAndRefused() throws Exception {
        assertThat(Readiness.parse(null, null)).isEqualTo(Readiness.RUNNING);
        assertThat(Readiness.parse("port:5432", null).condition()).isEqualTo(new Readiness.PortOpen(5432));
        assertThat(Readiness.parse("log:ready.*", null).condition()).isEqualTo(new Readiness.LogLine("ready.*"));
        assertThat(Readiness.parse("healthy", Duration.ofSeconds(1)).limit()).isEqualTo(Duration.ofSeconds(1));
        for (String text : List.of("ready", "port:x", "log:(", "port:")) {
            assertThatThrownBy(() -> Readiness.parse(text, null))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("waitFor with '" + text + "'");
        }
    }

    @Test
    void processorsAndHealthChecksAreRead() throws Exception {
        assertThat(ContainerLimits.nanoCpus("1.5")).isEqualTo(1_500_000_000L);
        for (String text : List.of("0", "-1", "two", "1e99")) {
            assertThatThrownBy(() -> ContainerLimits.nanoCpus(text)).isInstanceOf(InvalidRequestException.class);
        }
        assertThat(HealthOptions.of(Map.of())).isNull();
        assertThat(HealthOptions.of(Map.of("cmd", "true", "retries", "3", "startPeriod", "10s")))
                .isEqualTo(new HealthOptions("true", null, null, 3, Duration.ofSeconds(10)));
        assertThatThrownBy(() -> HealthOptions.of(Map.of("command", "true"))).hasMessageContaining("Its names are");
        assertThatThrownBy(() -> HealthOptions.of(Map.of("retries", "many"))).hasMessageContaining("retries");
    }

    @Test
    void framesAreTakenApart() throws Exception {
        byte[] stream = {
            1, 0, 0, 0, 0, 0, 0, 2, 'o', 'u', 2, 0, 0, 0, 0, 0, 0, 1, 'e', 1, 0, 0, 0, 0, 0, 0, 1, 't',
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        Frames.copy(new ByteArrayInputStream(stream), out, err);

        assertThat(out.toString()).isEqualTo("out");
        assertThat(err.toString()).isEqualTo("e");
        assertThatThrownBy(
                        () -> Frames.copy(new ByteArrayInputStream(new byte[] {1, 0, 0, 0, 0, 0, 0, 9, 'x'}), out, err))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void linesAreHandedOverWithoutTheirEnds() throws Exception {
        List<String> seen = new ArrayList<>();
        try (Lines lines = new Lines(seen::add)) {
            lines.write("one\r\ntwo\n\nthr".getBytes());
            lines.write("ee".getBytes());
        }
        assertThat(seen).containsExactly("one", "two", "", "three");
    }

    @Test
    void pathsAreTranslatedByTheNearestMount() throws Exception {
        HostPaths paths = HostPaths.given(
                Map.of("/home/jenkins", "/var/lib/docker/volumes/home/_data", "/home/jenkins/agent/ws", "/srv/ws"));

        assertThat(paths.translate("x", Path.of("/home/jenkins/agent/ws/app"))).isEqualTo("/srv/ws/app");
        assertThat(paths.translate("x", Path.of("/home/jenkins/agent/ws"))).isEqualTo("/srv/ws");
        assertThat(paths.translate("x", Path.of("/home/jenkins/tools")))
                .isEqualTo("/var/lib/docker/volumes/home/_data/tools");
        assertThatThrownBy(() -> paths.translate("could not mount ./data", Path.of("/data")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no mount of that container covers it")
                .hasMessageContaining("/home/jenkins/agent/ws")
                .hasMessageContaining("CONTAINER_BUILD_HOST_PATHS");
    }

    @Test
    void wherePathsLieCanBeGiven() throws Exception {
        HostPaths paths = HostPaths.parse("/home/jenkins=/srv/jenkins:/cache=/mnt/cache");

        assertThat(paths.translate("x", Path.of("/home/jenkins/ws"))).isEqualTo("/srv/jenkins/ws");
        assertThat(paths.place("x", Path.of("/cache"))).isEqualTo(new HostPaths.Place(null, "/mnt/cache"));
        for (String wrong : List.of("/home", "/home=srv", "home=/srv", "/a=/b:", "/a=/b=/c")) {
            assertThatThrownBy(() -> HostPaths.parse(wrong))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("is not made as /HERE=/THERE");
        }
    }

    @Test
    void secretsAmongTheVariablesAreNotShown() {
        ContainerProcess process =
                new ContainerProcess(null, List.of("x"), Map.of("PASSWORD", "hunter2"), null, null, false);
        ExecRequest exec =
                new ExecRequest("c", List.of("x"), Map.of("TOKEN", "hunter2"), null, null, null, false, false);

        assertThat(process.toString()).contains("PASSWORD").doesNotContain("hunter2");
        assertThat(exec.toString()).contains("TOKEN").doesNotContain("hunter2");
    }
}

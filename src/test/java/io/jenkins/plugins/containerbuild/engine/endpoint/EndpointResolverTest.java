package io.jenkins.plugins.containerbuild.engine.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointResolverTest {

    private static List<String> resolved(String uri, Map<String, String> environment) throws Exception {
        return new EndpointResolver(new EndpointRequest(uri, null, environment), false)
                .candidates().stream()
                        .map(candidate -> candidate.uri().toString())
                        .toList();
    }

    @Test
    void anAddressGivenWinsOverTheEnvironment() throws Exception {
        assertThat(resolved("unix:///a.sock", Map.of("DOCKER_HOST", "unix:///b.sock")))
                .containsExactly("unix:///a.sock");
    }

    @Test
    void dockerHostWinsOverTheUsualSockets() throws Exception {
        assertThat(resolved(null, Map.of("DOCKER_HOST", "tcp://build.example")))
                .containsExactly("tcp://build.example:2375");
    }

    @Test
    void triesTheUsualSocketsInOrder() throws Exception {
        assertThat(resolved(null, Map.of("XDG_RUNTIME_DIR", "/run/user/1000")))
                .containsExactly(
                        "unix:///var/run/docker.sock",
                        "unix:///run/user/1000/docker.sock",
                        "unix:///run/user/1000/podman/podman.sock",
                        "unix:///run/podman/podman.sock");
    }

    @Test
    void onWindowsTheUsualSocketIsANamedPipe() throws Exception {
        List<EndpointCandidate> candidates =
                new EndpointResolver(EndpointRequest.fromEnvironment(Map.of()), true).candidates();

        assertThat(candidates)
                .singleElement()
                .satisfies(candidate -> assertThat(candidate.uri()).hasToString("npipe:////./pipe/docker_engine"));
    }

    @Test
    void readsTheDockerContextsAddress(@TempDir Path configuration) throws Exception {
        String folder =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest("build".getBytes()));
        Path meta =
                Files.createDirectories(configuration.resolve("contexts/meta").resolve(folder));
        Files.writeString(
                meta.resolve("meta.json"),
                "{\"Name\":\"build\",\"Endpoints\":{\"docker\":{\"Host\":\"unix:///ctx.sock\"}}}");

        assertThat(resolved(null, Map.of("DOCKER_CONTEXT", "build", "DOCKER_CONFIG", configuration.toString())))
                .containsExactly("unix:///ctx.sock");
    }

    @Test
    void anUnknownDockerContextIsAnError(@TempDir Path configuration) {
        Map<String, String> environment = Map.of("DOCKER_CONTEXT", "gone", "DOCKER_CONFIG", configuration.toString());

        assertThatThrownBy(() -> resolved(null, environment))
                .isInstanceOf(EndpointException.class)
                .hasMessageContaining("'gone'")
                .hasMessageContaining("docker context ls");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x", "unix:", "tcp://", "no uri at all", "ssh://user@host", "docker.sock"})
    void refusesAddressesThatItCannotUse(String address) {
        assertThatThrownBy(() -> resolved(address, Map.of()))
                .isInstanceOf(EndpointException.class)
                .hasMessageContaining(address);
    }

    @Test
    void neverShowsAPasswordInAnAddress() {
        assertThatThrownBy(() -> resolved("tcp://alice:hunter2@host:2376", Map.of()))
                .hasMessageContaining("****")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void tlsWithoutReadableCertificatesNamesTheFolder(@TempDir Path certificates) throws Exception {
        Files.writeString(certificates.resolve("ca.pem"), "no certificate");
        Map<String, String> environment = Map.of(
                "DOCKER_HOST",
                "tcp://build.example:2376",
                "DOCKER_TLS_VERIFY",
                "1",
                "DOCKER_CERT_PATH",
                certificates.toString());

        assertThatThrownBy(() -> resolved(null, environment))
                .isInstanceOf(EndpointException.class)
                .hasMessageContaining("build.example:2376")
                .hasMessageContaining("PEM");
    }
}

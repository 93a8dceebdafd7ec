package io.jenkins.plugins.containerbuild.engine.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineInfo;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Docker Compose is found wherever it is, and gets what it needs and nothing else. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its stand-ins are shell scripts")
class ComposeProgramTest {

    private static final String ADDRESS = "tcp://docker.example:2376";

    @TempDir
    private Path folder;

    private ComposeRoom room(EndpointRequest endpoint, String source) throws Exception {
        EngineInfo info =
                new EngineInfo(ADDRESS, source, "Docker Engine", "28.0.0", "1.48", "1.48", "1.24", "linux", "amd64");
        return ComposeRoom.open(
                endpoint,
                info,
                Map.of("HOME", folder.toString(), "PATH", folder.resolve("bin").toString(), "WORD", "given"));
    }

    private ComposeRoom room() throws Exception {
        return room(new EndpointRequest(ADDRESS, null, Map.of()), "given");
    }

    private String program(String name, String... lines) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    @Test
    void aMachineWithoutComposeIsToldHowToInstallIt() throws Exception {
        program("bin/docker", "echo 'docker: compose is no docker command' >&2", "exit 1");
        try (ComposeRoom room = room()) {
            assertThatThrownBy(() -> ComposeProgram.find(room, List.of()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("could not find Docker Compose: this machine has neither")
                    .hasMessageContaining("docker-compose-plugin")
                    .hasMessageContaining("Debian 13", "Ubuntu", "Alpine", "Fedora");
        }
    }

    @Test
    void versionOneIsNoneOfUse() throws Exception {
        String old = program("bin/docker-compose", "echo 1.29.2");
        try (ComposeRoom room = room()) {
            assertThatThrownBy(() -> ComposeProgram.find(room, List.of()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining(old + " is version 1.29.2, and version 2 is needed");

            String user = program(".docker/cli-plugins/docker-compose", "echo v2.40.0-desktop.1");
            assertThat(ComposeProgram.find(room, List.of()))
                    .isEqualTo(new ComposeProgram(List.of(user), "2.40.0-desktop.1"));
        }
    }

    @Test
    void pluginsOfAllUsersAndTheDockerCommandAreFoundToo() throws Exception {
        String docker = program("bin/docker", "[ \"$1\" = compose ] && echo 5.0.1");
        try (ComposeRoom room = room()) {
            assertThat(ComposeProgram.find(room, List.of()))
                    .isEqualTo(new ComposeProgram(List.of(docker, "compose"), "5.0.1"));

            String plugin = program("lib/docker-compose", "echo 2.26.1-4");
            assertThat(ComposeProgram.find(room, List.of(folder.resolve("lib").toString())))
                    .isEqualTo(new ComposeProgram(List.of(plugin), "2.26.1-4"));
        }
    }

    @Test
    void certificatesInMemoryAreFilesOfThisUserWhileItRuns() throws Exception {
        TlsMaterial tls = new TlsMaterial("the authority", "the certificate", Secret.of("the key"));
        Path certificates;
        try (ComposeRoom room = room(new EndpointRequest(ADDRESS, tls, Map.of()), "given")) {
            certificates = room.folder();
            assertThat(room.environment())
                    .containsEntry("DOCKER_HOST", ADDRESS)
                    .containsEntry("DOCKER_TLS_VERIFY", "1")
                    .containsEntry("DOCKER_CERT_PATH", certificates.toString())
                    .containsEntry("WORD", "given")
                    .doesNotContainValue("the key");
            assertThat(certificates.resolve("ca.pem")).hasContent("the authority");
            assertThat(certificates.resolve("cert.pem")).hasContent("the certificate");
            assertThat(certificates.resolve("key.pem")).hasContent("the key");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(certificates)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(certificates.resolve("key.pem"))))
                    .isEqualTo("rw-------");
        }
        assertThat(certificates).doesNotExist();
    }

    @Test
    void certificatesOfTheEnvironmentStayWhereTheyAre() throws Exception {
        Map<String, String> environment =
                Map.of("DOCKER_HOST", ADDRESS, "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", "/certificates");
        try (ComposeRoom room = room(EndpointRequest.fromEnvironment(environment), "DOCKER_HOST")) {
            assertThat(room.environment()).containsAllEntriesOf(environment);
            assertThat(room.folder()).isEmptyDirectory();
        }
        Map<String, String> context = Map.of("DOCKER_CONTEXT", "far", "DOCKER_CONFIG", "/configuration");
        try (ComposeRoom room = room(EndpointRequest.fromEnvironment(context), "the context far")) {
            assertThat(room.environment()).containsAllEntriesOf(context).doesNotContainKey("DOCKER_HOST");
        }
    }
}

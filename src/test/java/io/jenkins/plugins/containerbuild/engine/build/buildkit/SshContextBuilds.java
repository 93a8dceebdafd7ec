package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.SecretBytes;
import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.build.SshForward;
import io.jenkins.plugins.containerbuild.engine.build.SshKey;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.testkit.OpenSsh;
import io.jenkins.plugins.containerbuild.testkit.SshGitServer;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Git repositories that only the owner of an SSH key can read, with a key that is nowhere but in this JVM's memory once the
 * build runs; subclasses name the daemons.
 */
abstract class SshContextBuilds {

    @TempDir
    Path folder;

    private final String unique = UUID.randomUUID().toString();
    private final StringBuffer log = new StringBuffer();

    private SshGitServer server;
    private SshKey owner;
    private SshKey stranger;

    /** A loopback address that no other subclass has. */
    abstract String host();

    /** 22, where the form of the address has no place for another one, or 0. */
    abstract int port();

    /** The repository's address in a form that the daemon knows. */
    abstract String address(int port);

    @BeforeEach
    void start() throws Exception {
        OpenSsh programs = OpenSsh.in(folder);
        owner = take(programs.key("owner", "", "-t", "ed25519"));
        stranger = take(programs.key("stranger", "", "-t", "ecdsa"));
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Files.write(sources.resolve("Dockerfile"), List.of("FROM base:1", "COPY hello /", "RUN cat /hello"));
        Files.writeString(sources.resolve("hello"), "hello " + unique);
        Path repositories = Files.createDirectories(folder.resolve("repositories"));
        try (ContextServer git = new ContextServer(repositories)) {
            git.repository("app", sources);
        }
        server = SshGitServer.start(repositories, host(), port(), Files.readString(folder.resolve("owner.pub")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static SshKey take(Path file) throws Exception {
        SshKey key = new SshKey(file.getFileName().toString(), SecretBytes.of(Files.readAllBytes(file)), null);
        Files.delete(file);
        return key;
    }

    private void build(TestEngine daemon, BuildRequest.Builder request, SshKey... keys) throws Exception {
        BuildSecrets caller = new BuildSecrets() {
            @Override
            public Optional<SecretBytes> secret(String id) {
                return Optional.empty();
            }

            @Override
            public List<SshKey> sshKeys(String id) {
                return List.of(keys);
            }
        };
        EndpointRequest endpoint = new EndpointRequest(daemon.uri().toString(), null, Map.of("DOCKER_BUILDKIT", "1"));
        try (ContainerEngine engine = ContainerEngine.open(
                endpoint,
                Registries.none(),
                CredentialsSource.ANONYMOUS,
                caller,
                event -> log.append(EventText.of(event)).append('\n'))) {
            engine.build(request.build());
        }
    }

    String repository() {
        return address(server.port());
    }

    BuildRequest.Builder withSsh(String context) {
        return BuildRequest.of(context).ssh(List.of(SshForward.ofCaller("default")));
    }

    void buildAsOwner(TestEngine daemon, BuildRequest.Builder request) throws Exception {
        build(daemon, request, owner);
        assertThat(log).contains("hello " + unique);
    }

    @Test
    void buildsARepositoryWithAKeyFromMemory(TestEngine daemon) throws Exception {
        buildAsOwner(daemon, withSsh(repository() + "#main"));
    }

    @Test
    void saysThatTheServerDoesNotKnowTheKey(TestEngine daemon) {
        assertThatThrownBy(() -> build(daemon, withSsh(repository() + "#main"), stranger))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("Permission denied (publickey")
                .hasMessageContaining("option ssh");
    }

    @Test
    void saysThatTheBuildWasGivenNoKey(TestEngine daemon) {
        assertThatThrownBy(() -> build(daemon, BuildRequest.of(repository() + "#main")))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("'default'")
                .hasMessageContaining("--ssh default");
    }
}

package io.jenkins.plugins.containerbuild.engine.endpoint;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.FreePort;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildKitOverTlsIT {

    @TempDir
    private Path folder;

    @Test
    void buildsOverTls() throws Exception {
        EndpointIT.TlsFiles tls = EndpointIT.TlsFiles.create(Files.createDirectories(folder.resolve("tls")));
        String uri = "tcp://127.0.0.1:" + FreePort.find();
        Path context = dockerfile(folder.resolve("context"), "FROM base:1", "COPY data /data", "RUN cat /data");
        Files.writeString(context.resolve("data"), "sent over TLS");
        List<String> options = tls.daemonOptions(uri);
        try (TestEngine daemon = TestEngine.startWithOptions(EngineKind.INSTALLED, options)) {
            TlsMaterial memory = new TlsMaterial(
                    Files.readString(tls.ca()),
                    Files.readString(tls.certificate()),
                    Secret.of(Files.readString(tls.key())));
            EndpointRequest endpoint = new EndpointRequest(uri, memory, Map.of("DOCKER_BUILDKIT", "1"));

            try (EngineUnderTest under = EngineUnderTest.at(endpoint, Registries.none(), CredentialsSource.ANONYMOUS)) {
                BuildResult built =
                        under.engine().build(BuildRequest.of(context.toString()).build());

                assertThat(under.log()).contains("sent over TLS");
                assertThat(daemon.hasImage(built.imageId().toString())).isTrue();
            }
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeFiles;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeRequest;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeStack;
import io.jenkins.plugins.containerbuild.engine.compose.DownRequest;
import io.jenkins.plugins.containerbuild.engine.container.ContainerRights;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.volume.spec.HostPathPolicy;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.FreePort;
import io.jenkins.plugins.containerbuild.testkit.TestCompose;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Docker Compose reaches the daemon that the engine reaches, by certificates that are in memory alone. */
class ComposeOverTlsIT {

    @TempDir
    private Path folder;

    @Test
    void aProjectComesUpAndGoes() throws Exception {
        Map<String, String> variables = TestCompose.find().variables();
        EndpointIT.TlsFiles tls = EndpointIT.TlsFiles.create(Files.createDirectory(folder.resolve("certificates")));
        TlsMaterial memory = new TlsMaterial(
                Files.readString(tls.ca()),
                Files.readString(tls.certificate()),
                Secret.of(Files.readString(tls.key())));
        Files.writeString(
                folder.resolve("compose.yml"),
                "services: {one: {image: 'base:1', stop_signal: SIGKILL, command: ['sleep', '300']}}");
        Maker maker = Maker.of("tls");
        ComposeRequest request = new ComposeRequest(
                new ComposeFiles(List.of(), folder.toString(), folder.toString(), HostPathPolicy.WORKSPACE),
                null,
                List.of(),
                variables,
                List.of(),
                ComposeRequest.Images.USUAL,
                ComposeRequest.Waiting.UNTIL_READY,
                false,
                ContainerRights.NONE,
                null,
                maker);
        String uri = "tcp://127.0.0.1:" + FreePort.find();
        try (TestEngine daemon = TestEngine.startWithOptions(EngineKind.INSTALLED, tls.daemonOptions(uri));
                EngineUnderTest under = EngineUnderTest.at(
                        new EndpointRequest(uri, memory, Map.of()), Registries.none(), CredentialsSource.ANONYMOUS)) {
            ComposeStack stack = under.engine().compose().up(request);

            assertThat(daemon.runningContainers())
                    .containsExactly(stack.services().get(0).container().id());

            under.engine().compose().down(new DownRequest(stack.project(), maker.controller(), false, variables));

            assertThat(under.log()).doesNotContain("could not end");
            assertThat(daemon.runningContainers()).isEmpty();
        }
    }
}

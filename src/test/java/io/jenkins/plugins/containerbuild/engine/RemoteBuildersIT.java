package io.jenkins.plugins.containerbuild.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderAddress;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.testkit.BuildKitGate;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestAuthority;
import io.jenkins.plugins.containerbuild.testkit.TestBuilder;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the BuildKit of an Engine that keeps its images in containerd's store, reached as a daemon of its own. */
@WithEngine(EngineKind.ENGINE_26_CONTAINERD)
class RemoteBuildersIT extends RemoteBuilds {

    private TestEngine engine;

    @BeforeEach
    void takeEngine(TestEngine engine) {
        this.engine = engine;
    }

    @Override
    TestBuilder builder() {
        return BuildKitGate.plain(engine);
    }

    @Test
    void buildsOverTlsWithCertificatesOfBothSides() throws Exception {
        TestAuthority authority = TestAuthority.in(folder.resolve("tls"));
        TestAuthority.Identity client = authority.client("client");
        Path context = context("RUN echo built over TLS");
        try (BuildKitGate gate = BuildKitGate.withTls(engine, authority, authority.server("server", "IP:127.0.0.1"))) {
            TlsMaterial right =
                    new TlsMaterial(authority.certificateText(), client.certificateText(), Secret.of(client.keyText()));
            TlsMaterial none = new TlsMaterial(authority.certificateText(), null, null);

            build(toFiles(context), new BuilderAddress(gate.address(), right));

            assertThat(log()).contains("built over TLS").doesNotContain("without TLS");
            assertThatThrownBy(() -> build(toFiles(context), new BuilderAddress(gate.address(), none)))
                    .hasMessageContaining("it wants a client certificate");
            assertThatThrownBy(() -> build(toFiles(context), at(gate.address())))
                    .hasMessageContaining("Should it expect TLS, give the builder credentials");
        }
    }

    @Test
    void buildsThroughASocket() throws Exception {
        Path context = context("RUN echo built through a socket");
        try (BuildKitGate gate = BuildKitGate.onSocket(engine, folder.resolve("b.sock"))) {
            build(toFiles(context), at(gate.address()));

            assertThat(log()).contains("built through a socket").doesNotContain("without TLS");
        }
    }

    @Test
    void takesTheNextBuilderWhereOneIsLostWhileItIsSentTheContext() throws Exception {
        Path context = context("COPY large /large");
        byte[] noise = new byte[8 << 20];
        new SecureRandom().nextBytes(noise);
        Files.write(context.resolve("large"), noise);
        try (BuildKitGate first = BuildKitGate.plain(engine);
                BuildKitGate second = BuildKitGate.plain(engine)) {
            first.stopAfter(4 << 20);

            build(toFiles(context), at(first.address()), at(second.address()));

            assertThat(log()).contains("WARNING: lost the connection to the builder at " + first.address());
            assertThat(folder.resolve("out/large")).hasBinaryContent(noise);
        }
    }

    @Test
    void noticesThatAMachineHasGone() throws Exception {
        Path context = context("RUN echo it runs; sleep 300");
        try (BuildKitGate first = BuildKitGate.plain(engine)) {
            EngineListener freezer = event -> {
                if (event instanceof EngineEvent.StepOutput) {
                    first.freeze();
                }
            };

            assertThatThrownBy(() -> build(
                            toFiles(context),
                            Registries.none(),
                            CredentialsSource.ANONYMOUS,
                            freezer,
                            at(first.address())))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("lost the connection to the builder at " + first.address())
                    .hasMessageContaining("it gives no sign of life any more");
        }
    }

    @Test
    void saysThatAnHttpServerIsNoBuilder() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread answers = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // The client has heard enough.
                }
            });
            answers.start();

            assertThatThrownBy(() -> RemoteBuilders.check(at("tcp://127.0.0.1:" + server.getLocalPort())))
                    .hasMessageContaining("speaks HTTP/1 and is no buildkitd")
                    .hasMessageContaining("Docker Engine");
            answers.join(10_000);
        }
    }
}

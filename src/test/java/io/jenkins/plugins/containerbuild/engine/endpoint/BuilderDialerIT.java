package io.jenkins.plugins.containerbuild.engine.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.testkit.BuildKitGate;
import io.jenkins.plugins.containerbuild.testkit.FreePort;
import io.jenkins.plugins.containerbuild.testkit.TestAuthority;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connecting to a builder, and the words for what goes wrong there. */
@WithEngine
class BuilderDialerIT {

    private static final String LOCAL = "IP:127.0.0.1";

    @TempDir
    private Path folder;

    private static TlsMaterial material(TestAuthority known, TestAuthority.Identity client) {
        return new TlsMaterial(
                known.certificateText(),
                client == null ? null : client.certificateText(),
                client == null ? null : Secret.of(client.keyText()));
    }

    /** The first byte that the daemon says, which is a SETTINGS frame's. */
    private static int firstByte(BuilderAddress address) throws Exception {
        try (DuplexStream stream = BuilderDialer.to(address).dial()) {
            return stream.input().read();
        }
    }

    private static BuilderLostException trouble(BuilderAddress address) throws Exception {
        BuilderDialer dialer = BuilderDialer.to(address);
        try (DuplexStream stream = dialer.dial()) {
            throw new AssertionError("it connected to " + address.uri() + ": " + stream);
        } catch (IOException e) {
            return dialer.unusable(e);
        }
    }

    @Test
    void connectsWithCertificatesOfBothSides(TestEngine engine) throws Exception {
        TestAuthority authority = TestAuthority.in(folder);
        try (BuildKitGate gate = BuildKitGate.withTls(engine, authority, authority.server("server", LOCAL))) {
            TlsMaterial tls = material(authority, authority.client("client"));

            assertThat(firstByte(new BuilderAddress(gate.address(), tls))).isNotNegative();
        }
    }

    @Test
    void connectsToASocket(TestEngine engine) throws Exception {
        try (BuildKitGate gate = BuildKitGate.onSocket(engine, folder.resolve("b.sock"))) {
            try (DuplexStream stream =
                    BuilderDialer.to(new BuilderAddress(gate.address(), null)).dial()) {
                assertThat(stream.input().read()).isNotNegative();
            }
        }
    }

    @Test
    void saysThatTheServerCaIsAnotherOne(TestEngine engine) throws Exception {
        TestAuthority authority = TestAuthority.in(folder.resolve("one"));
        TestAuthority other = TestAuthority.in(folder.resolve("other"));
        try (BuildKitGate gate = BuildKitGate.withTls(engine, authority, authority.server("server", LOCAL))) {
            assertThat(trouble(new BuilderAddress(gate.address(), material(other, authority.client("client")))))
                    .hasMessageContaining("the server CA given has not signed its certificate");
            assertThat(trouble(new BuilderAddress(gate.address(), new TlsMaterial(null, null, null))))
                    .hasMessageContaining("no authority that Java trusts");
        }
    }

    @Test
    void saysThatTheHostNameIsAnotherOne(TestEngine engine) throws Exception {
        TestAuthority authority = TestAuthority.in(folder);
        TestAuthority.Identity server = authority.server("server", "DNS:builder.example");
        try (BuildKitGate gate = BuildKitGate.withTls(engine, authority, server)) {
            assertThat(trouble(new BuilderAddress(gate.address(), material(authority, authority.client("client")))))
                    .hasMessageContaining("its certificate does not name the host 127.0.0.1")
                    .hasMessageContaining("subjectAltName");
        }
    }

    @Test
    void saysThatTheClientIsNotLetIn(TestEngine engine) throws Exception {
        TestAuthority authority = TestAuthority.in(folder.resolve("one"));
        TestAuthority other = TestAuthority.in(folder.resolve("other"));
        try (BuildKitGate gate = BuildKitGate.withTls(engine, authority, authority.server("server", LOCAL))) {
            assertThat(trouble(new BuilderAddress(gate.address(), material(authority, other.client("stranger")))))
                    .hasMessageContaining("it refuses the client certificate")
                    .hasMessageContaining("--tlscacert");
            assertThat(trouble(new BuilderAddress(gate.address(), material(authority, null))))
                    .hasMessageContaining("it wants a client certificate, and none was given");
        }
    }

    @Test
    void saysThatThereIsNoTls(TestEngine engine) throws Exception {
        TestAuthority authority = TestAuthority.in(folder);
        try (BuildKitGate gate = BuildKitGate.plain(engine)) {
            assertThat(trouble(new BuilderAddress(gate.address(), material(authority, null))))
                    .hasMessageContaining("it does not speak TLS");
        }
    }

    @Test
    void saysWhyNobodyAnswers() throws Exception {
        String free = "tcp://127.0.0.1:" + FreePort.find();
        assertThat(trouble(new BuilderAddress(free, null)))
                .hasMessageContaining("nothing listens there (connection refused)");
        assertThat(trouble(new BuilderAddress("tcp://builder.invalid", null)))
                .hasMessageContaining("the host name builder.invalid is not known here");
        assertThat(trouble(new BuilderAddress("unix://" + folder.resolve("none.sock"), null)))
                .hasMessageContaining("there is no such file");
    }

    @Test
    void readsAddresses() throws Exception {
        assertThat(BuilderAddress.parse(" tcp://builder.example ")).hasToString("tcp://builder.example:1234");
        assertThat(BuilderAddress.parse("tcp://[::1]:99")).hasToString("tcp://[::1]:99");
        assertThat(BuilderAddress.parse("unix:///run/b.sock")).hasToString("unix:///run/b.sock");
        assertThat(new BuilderAddress("tcp://builder.example", null).unprotected())
                .isTrue();
        assertThat(new BuilderAddress("unix:///run/b.sock", null).unprotected()).isFalse();
        for (String wrong : new String[] {
            "", "builder.example:1234", "unix://run/b.sock", "tcp://", "tcp://host/path", "kube-pod://x", "tcp://a b"
        }) {
            assertThatThrownBy(() -> BuilderAddress.parse(wrong)).as(wrong).isInstanceOf(InvalidRequestException.class);
        }
        assertThatThrownBy(() -> BuilderAddress.parse("tcp://me:hunter2@host"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageNotContaining("hunter2");
    }
}

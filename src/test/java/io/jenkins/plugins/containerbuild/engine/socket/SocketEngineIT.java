package io.jenkins.plugins.containerbuild.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.core.command.WaitContainerResultCallback;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import io.jenkins.plugins.containerbuild.testkit.EngineGate;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.FreePort;
import io.jenkins.plugins.containerbuild.testkit.TestAuthority;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Diagnosis, root in a container and mounting, on daemons that work. */
class SocketEngineIT {

    private static EndpointRequest endpoint(TestEngine engine) {
        return new EndpointRequest(engine.uri().toString(), null, Map.of());
    }

    @Test
    @WithEngine
    void tellsOfTheDaemon(TestEngine engine) throws Exception {
        SocketDiagnosis look = SocketDoctor.diagnose(endpoint(engine));

        assertThat(look.verdict()).isEqualTo(SocketVerdict.USABLE);
        assertThat(look.fix()).isEqualTo(SocketFix.NONE);
        assertThat(look.connection().version()).isEqualTo(engine.version());
        assertThat(look.connection().rootDir()).isNotEmpty();
        assertThat(look.connection().securityOptions()).isNotEmpty();
    }

    @Test
    @WithEngine(EngineKind.PODMAN_5)
    void tellsOfPodman(TestEngine engine) throws Exception {
        SocketDiagnosis look = SocketDoctor.diagnose(endpoint(engine));

        assertThat(look.verdict()).isEqualTo(SocketVerdict.USABLE);
        assertThat(look.connection().product()).startsWith("Podman");
        assertThat(look.path().kind()).isEqualTo(PathKind.SOCKET);
    }

    @Test
    void tellsOfADaemonOverTcpAndWhatIsWrongWithItsTls(@TempDir Path folder) throws Exception {
        int plain = FreePort.find();
        int secured = FreePort.find();
        TestAuthority authority = TestAuthority.in(folder.resolve("ours"));
        TestAuthority.Identity server = authority.server("server", "IP:127.0.0.1");
        TestAuthority.Identity client = authority.client("client");
        try (TestEngine engine = TestEngine.startWithOptions(
                EngineKind.INSTALLED,
                List.of(
                        "--host",
                        "tcp://127.0.0.1:" + secured,
                        "--tlsverify",
                        "--tlscacert",
                        authority.certificate().toString(),
                        "--tlscert",
                        server.certificate().toString(),
                        "--tlskey",
                        server.key().toString()))) {
            String uri = "tcp://127.0.0.1:" + secured;
            TlsMaterial good =
                    new TlsMaterial(authority.certificateText(), client.certificateText(), Secret.of(client.keyText()));
            SocketDiagnosis look = look(uri, good);
            assertThat(look.verdict()).isEqualTo(SocketVerdict.USABLE_REMOTE);
            assertThat(look.usable()).isTrue();
            assertThat(look.why()).contains(engine.version(), uri);
            assertThat(look.path()).isNull();

            TestAuthority strangers = TestAuthority.in(folder.resolve("strangers"));
            TlsMaterial unknown =
                    new TlsMaterial(strangers.certificateText(), client.certificateText(), Secret.of(client.keyText()));
            assertThat(look(uri, unknown).verdict()).isEqualTo(SocketVerdict.TLS_TROUBLE);
            SocketDiagnosis noCertificate = look(uri, new TlsMaterial(authority.certificateText(), null, null));
            assertThat(noCertificate.verdict()).isEqualTo(SocketVerdict.TLS_TROUBLE);
            assertThat(noCertificate.why()).contains("it does not take the client certificate, or the lack of one");
            assertThat(noCertificate.fix().title()).contains("cert.pem and key.pem in DOCKER_CERT_PATH");
            SocketDiagnosis withoutTls = look(uri, null);
            assertThat(withoutTls.verdict()).isEqualTo(SocketVerdict.TLS_TROUBLE);
            assertThat(withoutTls.fix().title()).isNotEmpty();
        }
        try (TestEngine engine =
                TestEngine.startWithOptions(EngineKind.INSTALLED, List.of("--host", "tcp://127.0.0.1:" + plain))) {
            assertThat(look("tcp://127.0.0.1:" + plain, null).verdict()).isEqualTo(SocketVerdict.USABLE_REMOTE);
            engine.stop();
            assertThat(look("tcp://127.0.0.1:" + plain, null).verdict()).isEqualTo(SocketVerdict.UNREACHABLE);
        }
    }

    private static SocketDiagnosis look(String uri, TlsMaterial tls) throws InterruptedException {
        return SocketDoctor.diagnose(new EndpointRequest(uri, tls, Map.of()));
    }

    @Test
    void tellsOfADaemonThatHasEndedAndOfOneThatHangs(@TempDir Path folder) throws Exception {
        try (TestEngine engine = TestEngine.start(EngineKind.INSTALLED)) {
            try (EngineGate gate = EngineGate.at(folder.resolve("gate.sock"), engine)) {
                String uri = gate.uri().toString();
                assertThat(look(uri, null).verdict()).isEqualTo(SocketVerdict.USABLE);
                gate.swallowAfter(0);
                SocketDiagnosis hangs = look(uri, null);
                assertThat(hangs.verdict()).isEqualTo(SocketVerdict.NOT_ANSWERING);
                assertThat(hangs.tookMillis()).isLessThan(SocketDoctor.LIMIT.toMillis() * 5);
            }
            engine.stop();
            assertThat(SocketDoctor.diagnose(endpoint(engine)).verdict())
                    .isIn(SocketVerdict.ABSENT, SocketVerdict.NOT_LISTENING);
        }
    }

    @Test
    void aDaemonWithOtherUsersInItsContainersIsRefused() throws Exception {
        try (TestEngine engine =
                TestEngine.startWithOptions(EngineKind.INSTALLED, List.of("--userns-remap", "nobody:nogroup"))) {
            assertThat(SocketDoctor.diagnose(endpoint(engine)).connection().remapsUsers())
                    .isTrue();
            assertThatThrownBy(() -> SocketMount.of(endpoint(engine), true))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("the daemon gives its containers other users (userns-remap)")
                    .hasMessageContaining("--userns host");
        }
    }

    @Test
    @WithEngine
    void isRootInAContainer(TestEngine engine) throws Exception {
        String id = engine.client()
                .createContainerCmd(TestEngine.BASE_IMAGE)
                .withUser("1000")
                .withCmd("/bin/sleep", "300")
                .exec()
                .getId();
        try {
            engine.client().startContainerCmd(id).exec();
            Rights rights = new ContainerRights(endpoint(engine), id);

            assertThat(rights.run(List.of("/bin/id", "-u"))).isEqualTo(new LocalCommand.Outcome(0, "0"));
            assertThat(rights.run(List.of("/bin/sh", "-c", "echo no >&2; exit 7")))
                    .isEqualTo(new LocalCommand.Outcome(7, "no"));
            assertThat(new ContainerRights(endpoint(engine), "f".repeat(64)).run(List.of("/bin/id")))
                    .satisfies(outcome -> assertThat(outcome.succeeded()).isFalse())
                    .satisfies(outcome -> assertThat(outcome.output()).contains("No such container"));
        } finally {
            engine.client().removeContainerCmd(id).withForce(true).exec();
        }
    }

    @Test
    @WithEngine
    void aMountedSocketMayBeUsedByAProcessThatIsNotRoot(TestEngine engine) throws Exception {
        Path socket = Path.of(engine.uri().getPath()).toRealPath();
        Object group = Files.getAttribute(socket, "unix:gid");
        Files.setAttribute(socket, "unix:gid", 2375);
        try {
            SocketMount mount = SocketMount.of(endpoint(engine), false);

            assertThat(mount).isEqualTo(new SocketMount(socket.toString(), "/var/run/docker.sock", 2375L));
            assertThat(mayUse(engine, mount, true)).isTrue();
            assertThat(mayUse(engine, mount, false)).isFalse();

            Files.setAttribute(socket, "unix:gid", 0);
            assertThatThrownBy(() -> SocketMount.of(endpoint(engine), false))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("its group is 0 (root)");
            assertThat(SocketMount.of(endpoint(engine), true).gid()).isZero();
        } finally {
            Files.setAttribute(socket, "unix:gid", group);
        }
    }

    private static boolean mayUse(TestEngine engine, SocketMount mount, boolean withGroup) {
        HostConfig host = HostConfig.newHostConfig().withBinds(Bind.parse(mount.bind()));
        if (withGroup) {
            host.withGroupAdd(List.of(mount.gid().toString()));
        }
        CreateContainerCmd create = engine.client()
                .createContainerCmd(TestEngine.BASE_IMAGE)
                .withUser("1000:1000")
                .withHostConfig(host)
                .withCmd("/bin/test", "-w", mount.target());
        String id = create.exec().getId();
        try {
            engine.client().startContainerCmd(id).exec();
            return engine.client()
                            .waitContainerCmd(id)
                            .exec(new WaitContainerResultCallback())
                            .awaitStatusCode()
                    == 0;
        } finally {
            engine.client().removeContainerCmd(id).withForce(true).exec();
        }
    }
}

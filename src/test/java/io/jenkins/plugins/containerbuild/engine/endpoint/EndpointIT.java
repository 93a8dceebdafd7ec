package io.jenkins.plugins.containerbuild.engine.endpoint;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.FreePort;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithEngine
class EndpointIT {

    @TempDir
    private Path folder;

    private static EngineInfo info(EndpointRequest request) throws Exception {
        try (ContainerEngine engine =
                ContainerEngine.open(request, Registries.none(), CredentialsSource.ANONYMOUS, event -> {})) {
            return engine.info();
        }
    }

    private static EndpointRequest given(String uri) {
        return new EndpointRequest(uri, null, Map.of());
    }

    @Test
    void findsTheDaemonThroughTheEnvironment(TestEngine daemon) throws Exception {
        EngineInfo info = info(EndpointRequest.fromEnvironment(
                Map.of("DOCKER_HOST", daemon.uri().toString())));

        assertThat(info.source()).isEqualTo("DOCKER_HOST");
        assertThat(info.product()).isEqualTo("Docker Engine");
        assertThat(info.os()).isEqualTo("linux");
    }

    @Test
    void findsARootlessSocketInTheRuntimeDirectory(TestEngine daemon) throws Exception {
        Files.createSymbolicLink(
                folder.resolve("docker.sock"), Path.of(daemon.uri().getPath()));

        EngineInfo info = info(EndpointRequest.fromEnvironment(Map.of("XDG_RUNTIME_DIR", folder.toString())));

        // On a machine with a daemon of its own that one comes first; both are found without being told.
        assertThat(info.source()).isEqualTo("a usual socket");
    }

    @Test
    void aMissingSocketIsSaidSo() {
        assertThatThrownBy(() -> info(given("unix://" + folder.resolve("none.sock"))))
                .isInstanceOf(EndpointException.class)
                .hasMessageContaining("none.sock")
                .hasMessageContaining("there is no such file");
    }

    @Test
    void aDirectoryInPlaceOfTheSocketIsExplained() {
        assertThatThrownBy(() -> info(given("unix://" + folder)))
                .isInstanceOf(EndpointException.class)
                .hasMessageContaining("it is a directory")
                .hasMessageContaining("mount");
    }

    @Test
    void aSocketThatNobodyListensOnIsSaidSo() throws Exception {
        Path socket = folder.resolve("dead.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
        }

        assertThatThrownBy(() -> info(given("unix://" + socket)))
                .isInstanceOf(EndpointException.class)
                .hasMessageContaining("nothing listens there");
    }

    @Test
    void aPortThatNobodyListensOnIsSaidSo() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThatThrownBy(() -> info(given("tcp://127.0.0.1:" + port)))
                .isInstanceOf(EndpointException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("connection refused");
    }

    @Test
    void aWebServerIsNoDocker() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        try {
            assertThatThrownBy(() ->
                            info(given("tcp://127.0.0.1:" + server.getAddress().getPort())))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageContaining("no Docker Engine");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void speaksTlsWithCertificatesFromMemoryAndFromAFolder() throws Exception {
        TlsFiles tls = TlsFiles.create(folder);
        int port = FreePort.find();
        try (TestEngine daemon =
                TestEngine.startWithOptions(EngineKind.INSTALLED, tls.daemonOptions("tcp://127.0.0.1:" + port))) {
            String uri = "tcp://127.0.0.1:" + port;
            TlsMaterial memory = new TlsMaterial(
                    Files.readString(tls.ca()),
                    Files.readString(tls.certificate()),
                    Secret.of(Files.readString(tls.key())));

            assertThat(info(new EndpointRequest(uri, memory, Map.of())).version())
                    .isEqualTo(daemon.version());
            assertThat(info(EndpointRequest.fromEnvironment(Map.of(
                                    "DOCKER_HOST",
                                    uri,
                                    "DOCKER_TLS_VERIFY",
                                    "1",
                                    "DOCKER_CERT_PATH",
                                    folder.toString())))
                            .version())
                    .isEqualTo(daemon.version());
            assertThatThrownBy(() -> info(given(uri)))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageContaining("speaks TLS");
            assertThatThrownBy(() -> info(new EndpointRequest(uri, new TlsMaterial(null, null, null), Map.of())))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageContaining("TLS failed")
                    .hasMessageContaining("server CA");
        }
    }

    @Test
    void aFullDiskOfTheDaemonIsSaidSo() throws Exception {
        dockerfile(folder, "FROM base:1", "RUN dd if=/dev/zero of=/large bs=1M count=200");
        try (TestEngine daemon = TestEngine.startWithDisk(EngineKind.INSTALLED, 64);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            assertThatThrownBy(() -> under.engine()
                            .build(BuildRequest.of(folder.toString()).build()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("disk is full");
        }
    }

    @Test
    void aContextThatFillsTheDaemonsDiskIsSaidSo() throws Exception {
        dockerfile(folder, "FROM base:1", "COPY . /src");
        byte[] noise = new byte[1 << 20];
        for (int i = 0; i < 100; i++) {
            Files.write(folder.resolve("file" + i), noise);
        }
        try (TestEngine daemon = TestEngine.startWithDisk(EngineKind.INSTALLED, 64);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            assertThatThrownBy(() -> under.engine()
                            .build(BuildRequest.of(folder.toString()).build()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("no space left on device")
                    .hasMessageContaining("disk is full");
        }
    }

    @Test
    void aDaemonThatStopsDuringABuildEndsIt() throws Exception {
        dockerfile(folder, "FROM base:1", "RUN echo it runs; sleep 300");
        try (TestEngine daemon = TestEngine.start(EngineKind.INSTALLED);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            Thread breaker = new Thread(() -> {
                while (!under.log().contains("it runs")) {
                    Thread.onSpinWait();
                }
                daemon.stop();
            });
            breaker.start();

            assertThatThrownBy(() -> under.engine()
                            .build(BuildRequest.of(folder.toString()).build()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageMatching("(?s)(could not build the image|lost the connection).*");
            breaker.join();
        }
    }

    /** An authority, a daemon's and a client's certificate, made by the machine's openssl. */
    record TlsFiles(Path folder) {

        static TlsFiles create(Path folder) throws Exception {
            Files.writeString(folder.resolve("san.cnf"), "subjectAltName=IP:127.0.0.1\n");
            openssl(folder, "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=testca -keyout cakey.pem -out ca.pem");
            openssl(folder, "req -newkey rsa:2048 -nodes -subj /CN=daemon -keyout server-key.pem -out server.csr");
            openssl(
                    folder,
                    "x509 -req -days 2 -in server.csr -CA ca.pem -CAkey cakey.pem -CAcreateserial -extfile san.cnf"
                            + " -out server-cert.pem");
            openssl(folder, "req -newkey rsa:2048 -nodes -subj /CN=client -keyout key.pem -out client.csr");
            openssl(
                    folder,
                    "x509 -req -days 2 -in client.csr -CA ca.pem -CAkey cakey.pem -CAcreateserial -out cert.pem");
            return new TlsFiles(folder);
        }

        private static void openssl(Path folder, String arguments) throws Exception {
            List<String> command = new java.util.ArrayList<>(List.of("openssl"));
            command.addAll(List.of(arguments.split(" ")));
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
        }

        List<String> daemonOptions(String host) {
            return List.of(
                    "--host",
                    host,
                    "--tlsverify",
                    "--tlscacert",
                    ca().toString(),
                    "--tlscert",
                    folder.resolve("server-cert.pem").toString(),
                    "--tlskey",
                    folder.resolve("server-key.pem").toString());
        }

        Path ca() {
            return folder.resolve("ca.pem");
        }

        Path certificate() {
            return folder.resolve("cert.pem");
        }

        Path key() {
            return folder.resolve("key.pem");
        }
    }
}

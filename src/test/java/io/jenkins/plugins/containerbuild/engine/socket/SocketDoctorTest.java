package io.jenkins.plugins.containerbuild.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What can be at an address besides a daemon that works. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "unix sockets and their permissions")
class SocketDoctorTest {

    private static final Duration LIMIT = Duration.ofSeconds(1);
    /** For an answer that comes at once, as soon as the machine has time for it. */
    private static final Duration LONG = Duration.ofSeconds(20);
    /** Bounded means: not much longer than the limit, even on a machine that has other work. */
    private static final long PATIENCE_MILLIS = 10_000;

    private Path folder;
    private Path socket;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void makeTheFolder() throws IOException {
        // Not JUnit's own, whose paths may be too long for a socket.
        folder = Files.createTempDirectory("cb");
        socket = folder.resolve("docker.sock");
    }

    @AfterEach
    void clean() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        try (var files = Files.walk(folder)) {
            for (Path file :
                    files.sorted((left, right) -> right.compareTo(left)).toList()) {
                Files.delete(file);
            }
        }
    }

    private SocketDiagnosis look() throws InterruptedException {
        return look("unix://" + socket);
    }

    private static SocketDiagnosis look(String uri) throws InterruptedException {
        return look(uri, LONG);
    }

    private static SocketDiagnosis look(String uri, Duration limit) throws InterruptedException {
        return SocketDoctor.diagnose(new EndpointRequest(uri, null, Map.of()), limit);
    }

    private ServerSocketChannel listen(int backlog) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        open.add(listener);
        return listener.bind(UnixDomainSocketAddress.of(socket), backlog);
    }

    @Test
    void nothingIsThere() throws Exception {
        SocketDiagnosis look = look();

        assertThat(look.verdict()).isEqualTo(SocketVerdict.ABSENT);
        assertThat(look.why()).isEqualTo("there is no " + socket);
        assertThat(look.fix().lines()).isNotEmpty();
        assertThat(look.path().kind()).isEqualTo(PathKind.ABSENT);
        assertThat(look.connection().connected()).isFalse();
    }

    @Test
    void aLinkLeadsNowhere() throws Exception {
        Files.createSymbolicLink(socket, folder.resolve("gone.sock"));

        assertThat(look().why()).isEqualTo(socket + " is a link to " + folder + "/gone.sock, which does not exist");
    }

    @Test
    void dockerMadeADirectoryForAMissingSocket() throws Exception {
        Files.createDirectory(socket);

        SocketDiagnosis look = look();

        assertThat(look.verdict()).isEqualTo(SocketVerdict.DIRECTORY);
        assertThat(look.path().kind()).isEqualTo(PathKind.EMPTY_DIRECTORY);
        assertThat(look.why()).contains("is an empty directory: Docker makes one");
        assertThat(look.fix().lines()).first().isEqualTo("sudo rmdir " + socket);
    }

    @Test
    void aDirectoryWithFilesIsNotToBeDeleted() throws Exception {
        Files.writeString(Files.createDirectory(socket).resolve("file"), "");

        SocketDiagnosis look = look();

        assertThat(look.path().kind()).isEqualTo(PathKind.DIRECTORY);
        assertThat(look.fix().lines()).first().asString().startsWith("sudo mv ");
    }

    @Test
    void aFileIsNoSocket() throws Exception {
        Files.writeString(socket, "");

        assertThat(look().verdict()).isEqualTo(SocketVerdict.NOT_A_SOCKET);
    }

    @Test
    void theDaemonHasLeftItsSocketBehind() throws Exception {
        listen(1).close();

        SocketDiagnosis look = look();

        assertThat(look.verdict()).isEqualTo(SocketVerdict.NOT_LISTENING);
        assertThat(look.path().inode()).isNotNull();
        assertThat(look.path().mode()).isNotNull();
    }

    @Test
    void aDaemonTakesTheConnectionAndSaysNothing() throws Exception {
        listen(10);

        SocketDiagnosis look = look("unix://" + socket, LIMIT);

        assertThat(look.verdict()).isEqualTo(SocketVerdict.NOT_ANSWERING);
        assertThat(look.why()).contains("but it says nothing");
        assertThat(look.connection().connected()).isTrue();
        assertThat(look.connection().answered()).isFalse();
        assertThat(look.tookMillis()).isBetween(LIMIT.toMillis(), PATIENCE_MILLIS);
    }

    @Test
    void aDaemonTakesNoConnectionsAnyMore() throws Exception {
        listen(1);
        for (int number = 0; number < 2; number++) {
            open.add(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        }

        SocketDiagnosis look = look("unix://" + socket, LIMIT);

        assertThat(look.verdict()).isEqualTo(SocketVerdict.NOT_ANSWERING);
        assertThat(look.connection().connected()).isFalse();
        assertThat(look.tookMillis()).isBetween(LIMIT.toMillis(), PATIENCE_MILLIS);
    }

    @Test
    void somethingElseAnswers() throws Exception {
        ServerSocketChannel listener = listen(10);
        CompletableFuture.runAsync(() -> {
            try {
                while (listener.isOpen()) {
                    try (SocketChannel client = listener.accept()) {
                        client.read(ByteBuffer.allocate(4096));
                        client.write(
                                ByteBuffer.wrap("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
                                        .getBytes(StandardCharsets.US_ASCII)));
                    }
                }
            } catch (IOException e) {
                // closed
            }
        });

        SocketDiagnosis look = look();

        assertThat(look.verdict()).isEqualTo(SocketVerdict.NOT_AN_ENGINE);
        assertThat(look.why()).contains("no Docker Engine answers at unix://" + socket);
    }

    @Test
    void nothingListensAtAPort() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        SocketDiagnosis look = look("tcp://127.0.0.1:" + port);

        assertThat(look.verdict()).isEqualTo(SocketVerdict.UNREACHABLE);
        assertThat(look.path()).isNull();
    }

    @Test
    void anAddressThatCannotBeUsedIsAVerdict() throws Exception {
        SocketDiagnosis look = look("ssh://builder@host");

        assertThat(look.verdict()).isEqualTo(SocketVerdict.ADDRESS_UNUSABLE);
        assertThat(look.why()).contains("the engine opens no SSH connections");
        assertThat(look.fix().title()).isNotEmpty();
    }

    @Test
    void ofSeveralSocketsItTellsOfTheOneThatIsThere() throws Exception {
        Files.createDirectory(socket);
        Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", folder.toString());

        SocketDiagnosis look = SocketDoctor.diagnose(EndpointRequest.fromEnvironment(environment), LIMIT);

        if (look.others().size() == 3) { // nothing of this machine's own is there
            assertThat(look.uri()).isEqualTo("unix://" + socket);
            assertThat(look.others())
                    .contains(new SocketDiagnosis.Other("unix:///var/run/docker.sock", SocketVerdict.ABSENT));
        }
    }

    @Test
    void travelsFromAgentToController() throws Exception {
        SocketDiagnosis look = look();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(look);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(look);
        }
    }
}

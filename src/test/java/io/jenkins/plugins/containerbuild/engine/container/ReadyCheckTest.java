package io.jenkins.plugins.containerbuild.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stands in for the daemon's proxy, which cannot be made slow. */
class ReadyCheckTest {

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    /** What a server does with a connection before it closes it. */
    private interface Answer {
        void to(Socket client) throws IOException, InterruptedException;
    }

    private boolean isReady(Answer answer) throws InterruptedException {
        return isReady(answer, Map.of());
    }

    /** Nothing listens at the port 1 of any address of this machine. */
    private boolean isReady(Answer answer, Map<String, String> addresses) throws InterruptedException {
        Thread thread = new Thread(() -> {
            try (Socket client = server.accept()) {
                answer.to(client);
            } catch (IOException | InterruptedException e) {
                // the test has ended
            }
        });
        thread.setDaemon(true);
        thread.start();
        ContainerDetails container = new ContainerDetails(
                "c1",
                "db",
                "base:1",
                "sha256:1",
                "running",
                null,
                null,
                "127.0.0.1",
                List.of(new PublishedPort("127.0.0.1", server.getLocalPort(), 1, "tcp")),
                addresses,
                Map.of());
        return new ReadyCheck(null).isReady(container, new Readiness.PortOpen(1));
    }

    @Test
    void aProxyThatFindsNobodyLateIsNotTakenForTheContainer() throws Exception {
        assertThat(isReady(client -> TimeUnit.MILLISECONDS.sleep(1200))).isFalse();
    }

    @Test
    void aProxyThatFindsNobodyAfterSecondsIsNotBelievedAgainstTheContainer() throws Exception {
        assertThat(isReady(client -> TimeUnit.MILLISECONDS.sleep(4000), Map.of("bridge", "127.0.0.1")))
                .isFalse();
    }

    @Test
    void aServerThatWaitsIsReadyThoughTheContainersAddressIsSomebodyElsesHere() throws Exception {
        assertThat(isReady(client -> TimeUnit.SECONDS.sleep(60), Map.of("bridge", "127.0.0.1")))
                .isTrue();
    }

    @Test
    void aServerThatSpeaksIsReady() throws Exception {
        assertThat(isReady(client -> client.getOutputStream().write('h'))).isTrue();
    }

    @Test
    void aServerThatWaitsForItsClientIsReady() throws Exception {
        assertThat(isReady(client -> TimeUnit.SECONDS.sleep(30))).isTrue();
    }
}

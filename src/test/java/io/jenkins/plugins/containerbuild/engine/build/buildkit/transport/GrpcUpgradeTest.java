package io.jenkins.plugins.containerbuild.engine.build.buildkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.endpoint.DuplexStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrpcUpgradeTest {

    /** A daemon that has said everything beforehand. */
    private record Scripted(ByteArrayInputStream answer, ByteArrayOutputStream sent) implements DuplexStream {

        Scripted(String answer) {
            this(new ByteArrayInputStream(answer.getBytes(StandardCharsets.ISO_8859_1)), new ByteArrayOutputStream());
        }

        @Override
        public InputStream input() {
            return answer;
        }

        @Override
        public OutputStream output() {
            return sent;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @Test
    void readsNothingBehindTheHeader() throws Exception {
        Scripted daemon = new Scripted("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\nHTTP/2");

        GrpcUpgrade.upgrade(daemon, "/grpc", List.of());

        assertThat(new String(daemon.answer().readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/2");
        assertThat(daemon.sent().toString(StandardCharsets.US_ASCII))
                .startsWith("POST /grpc HTTP/1.1\r\n")
                .contains("Upgrade: h2c\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void tellsADaemonWithoutBuildKitFromABrokenConnection() {
        assertThatThrownBy(() ->
                        GrpcUpgrade.upgrade(new Scripted("HTTP/1.1 404 Not Found\r\n\r\nno page"), "/grpc", List.of()))
                .isInstanceOf(BuildKitRefusedException.class)
                .hasMessageContaining("404");
        assertThatThrownBy(() -> GrpcUpgrade.upgrade(new Scripted("HTTP/1.1 101"), "/grpc", List.of()))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> GrpcUpgrade.upgrade(new Scripted("SSH-2.0-OpenSSH\r\n\r\n"), "/grpc", List.of()))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("not HTTP");
        assertThatThrownBy(() -> GrpcUpgrade.upgrade(new Scripted("x".repeat(20_000)), "/grpc", List.of()))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("no end");
    }
}

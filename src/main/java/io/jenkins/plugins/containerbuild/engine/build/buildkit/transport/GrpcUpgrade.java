package io.jenkins.plugins.containerbuild.engine.build.buildkit.transport;

import io.jenkins.plugins.containerbuild.engine.endpoint.DuplexStream;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Engine's way to its BuildKit: {@code POST /grpc} with an upgrade to h2c, after whose answer both sides speak
 * HTTP/2. Not one byte of HTTP/2 goes out before the answer is read, and nothing behind its header is read here.
 */
final class GrpcUpgrade {

    private static final int LONGEST_HEADER = 16 * 1024;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})[^\\r\\n]*");
    private static final String REQUEST = "POST /grpc HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
            + "Upgrade: h2c\r\nContent-Length: 0\r\n\r\n";

    private GrpcUpgrade() {}

    /**
     * Connects to the daemon's BuildKit.
     *
     * @throws BuildKitRefusedException when the daemon has none
     * @throws IOException when the connection fails
     */
    static DuplexStream open(EngineConnection connection) throws IOException {
        DuplexStream stream = connection.dial();
        try {
            upgrade(stream);
            return stream;
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    static void upgrade(DuplexStream stream) throws IOException {
        stream.output().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        stream.output().flush();
        String header = header(stream.input());
        Matcher status = STATUS_LINE.matcher(header);
        if (!status.lookingAt()) {
            throw new IOException("the answer to POST /grpc is not HTTP");
        }
        if (!status.group(1).equals("101")) {
            throw new BuildKitRefusedException("it answers POST /grpc with HTTP status " + status.group(1));
        }
    }

    private static String header(InputStream input) throws IOException {
        StringBuilder header = new StringBuilder();
        while (header.indexOf("\r\n\r\n", Math.max(0, header.length() - 4)) < 0) {
            int next = input.read();
            if (next < 0) {
                throw new IOException("the daemon closed the connection instead of answering POST /grpc");
            }
            header.append((char) next);
            if (header.length() > LONGEST_HEADER) {
                throw new IOException("the answer to POST /grpc has no end");
            }
        }
        return header.toString();
    }
}

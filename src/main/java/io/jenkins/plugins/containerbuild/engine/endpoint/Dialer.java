package io.jenkins.plugins.containerbuild.engine.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Connects to a daemon for those calls that leave HTTP/1.1, which docker-java's transport has no door for: unix sockets,
 * TCP and TLS with the host name checked.
 */
final class Dialer {

    private static final int CONNECT_LIMIT_MILLIS = 10_000;

    private final EndpointCandidate endpoint;

    Dialer(EndpointCandidate endpoint) {
        this.endpoint = endpoint;
    }

    DuplexStream dial() throws IOException {
        URI uri = endpoint.uri();
        return switch (uri.getScheme()) {
            case "unix" -> new UnixStream(SocketChannel.open(UnixDomainSocketAddress.of(uri.getPath())));
            case "tcp" -> new SocketStream(tcp(uri.getHost(), uri.getPort()));
            default -> throw new IOException("no raw connection is possible over " + uri.getScheme());
        };
    }

    private Socket tcp(String host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            String address = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            socket.connect(new InetSocketAddress(address, port), CONNECT_LIMIT_MILLIS);
            socket.setTcpNoDelay(true);
            return endpoint.tls() == null ? socket : secured(socket, address, port);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private Socket secured(Socket socket, String host, int port) throws IOException {
        SSLContext context;
        try {
            context = endpoint.tls().getSSLContext();
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be prepared: " + e.getMessage(), e);
        }
        if (!(context.getSocketFactory().createSocket(socket, host, port, true) instanceof SSLSocket secured)) {
            throw new IOException("the TLS provider makes no TLS sockets");
        }
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(CONNECT_LIMIT_MILLIS);
        secured.startHandshake();
        secured.setSoTimeout(0);
        return secured;
    }

    private record SocketStream(Socket socket) implements DuplexStream {

        @Override
        public InputStream input() throws IOException {
            return socket.getInputStream();
        }

        @Override
        public OutputStream output() throws IOException {
            return socket.getOutputStream();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Reads and writes the channel itself: the streams of {@code Channels} share a lock before Java 19. */
    private record UnixStream(SocketChannel channel) implements DuplexStream {

        @Override
        public InputStream input() {
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    Objects.checkFromIndexSize(offset, length, bytes.length);
                    return length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, offset, length));
                }
            };
        }

        @Override
        public OutputStream output() {
            return new OutputStream() {
                @Override
                public void write(int value) throws IOException {
                    write(new byte[] {(byte) value}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
                    while (rest.hasRemaining()) {
                        channel.write(rest);
                    }
                }
            };
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

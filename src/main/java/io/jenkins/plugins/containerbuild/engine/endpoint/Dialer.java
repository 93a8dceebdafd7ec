package io.jenkins.plugins.containerbuild.engine.endpoint;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Connects to a daemon for those calls that leave HTTP/1.1, which docker-java's transport has no door for: unix sockets,
 * TCP and TLS with the host name checked.
 */
final class Dialer {

    /** In the message where TLS ends in another protocol than the one asked for. */
    static final String NO_SUCH_PROTOCOL = "it speaks TLS, but not";

    /** The message where the server ended the connection before it had said anything inside of TLS. */
    static final String HUNG_UP = "it hung up during the TLS handshake";

    private static final int CONNECT_LIMIT_MILLIS = 10_000;
    private static final int FIRST_WORD_LIMIT_MILLIS = 2_000;

    private final EndpointCandidate endpoint;
    private final String protocol;

    Dialer(EndpointCandidate endpoint) {
        this(endpoint, null);
    }

    /**
     * @param protocol what is spoken inside of TLS, and that the server begins to speak at once; null when only the
     *     client knows yet
     */
    Dialer(EndpointCandidate endpoint, String protocol) {
        this.endpoint = endpoint;
        this.protocol = protocol;
    }

    DuplexStream dial() throws IOException {
        return dial(begun -> {});
    }

    /** @param begun gets what ends the attempt when it is closed by another thread */
    DuplexStream dial(Consumer<Closeable> begun) throws IOException {
        URI uri = endpoint.uri();
        return switch (uri.getScheme()) {
            case "unix" -> unix(UnixDomainSocketAddress.of(uri.getPath()), begun);
            case "tcp" -> tcp(uri.getHost(), uri.getPort(), begun);
            default -> throw new IOException("no raw connection is possible over " + uri.getScheme());
        };
    }

    /** Connecting waits where a daemon takes no connections any more and its queue is full. */
    private static DuplexStream unix(UnixDomainSocketAddress address, Consumer<Closeable> begun) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        begun.accept(channel);
        try {
            channel.connect(address);
            return new UnixStream(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private DuplexStream tcp(String host, int port, Consumer<Closeable> begun) throws IOException {
        Socket socket = new Socket();
        begun.accept(socket);
        try {
            String address = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            socket.connect(new InetSocketAddress(address, port), CONNECT_LIMIT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            return endpoint.tls() == null
                    ? new SocketStream(socket, socket.getInputStream())
                    : secured(socket, address, port);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private DuplexStream secured(Socket socket, String host, int port) throws IOException {
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
        if (protocol != null) {
            parameters.setApplicationProtocols(new String[] {protocol});
        }
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(CONNECT_LIMIT_MILLIS);
        InputStream input = protocol == null ? greeted(secured) : accepted(secured);
        secured.setSoTimeout(0);
        return new SocketStream(secured, input);
    }

    private static InputStream greeted(SSLSocket secured) throws IOException {
        secured.startHandshake();
        return secured.getInputStream();
    }

    private InputStream accepted(SSLSocket secured) throws IOException {
        try {
            secured.startHandshake();
            String agreed = secured.getApplicationProtocol();
            // Nothing is agreed on by a buildkitd before 0.17 (moby/buildkit#5413): what it speaks shows in its first
            // frame.
            if (!agreed.isEmpty() && !protocol.equals(agreed)) {
                throw new SSLException(NO_SUCH_PROTOCOL + " " + protocol);
            }
            return withFirstByte(secured);
        } catch (SocketException | EOFException e) {
            throw new SSLException(HUNG_UP, e);
        } catch (SSLException e) {
            throw e.getCause() instanceof SocketException || e.getCause() instanceof EOFException
                    ? new SSLException(HUNG_UP, e)
                    : e;
        }
    }

    /**
     * With TLS 1.3 a server looks at the client's certificate only after the client's handshake has ended. Whether it
     * likes it is known with its first byte; to write before that could lose the reason in a reset connection.
     */
    private static InputStream withFirstByte(SSLSocket secured) throws IOException {
        secured.setSoTimeout(FIRST_WORD_LIMIT_MILLIS);
        InputStream input = secured.getInputStream();
        try {
            int first = input.read();
            if (first < 0) {
                throw new EOFException("the server closed the connection after the TLS handshake");
            }
            return new SequenceInputStream(new ByteArrayInputStream(new byte[] {(byte) first}), input);
        } catch (SocketTimeoutException e) {
            // It waits for the client's first word, which it may.
            return input;
        }
    }

    private record SocketStream(Socket socket, InputStream input) implements DuplexStream {

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

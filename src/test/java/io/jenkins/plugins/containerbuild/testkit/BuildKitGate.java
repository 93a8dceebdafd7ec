package io.jenkins.plugins.containerbuild.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Makes the BuildKit inside a test's Engine a daemon of its own: listens on a port or a socket, and has every connection
 * speak HTTP/2 with that BuildKit from the first byte on, as {@code buildkitd} does. Can be cut and stopped, to play a
 * daemon that dies, and comes back at the same address.
 */
public final class BuildKitGate implements TestBuilder {
    private static final String UPGRADE = "POST /grpc HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
            + "Upgrade: h2c\r\nContent-Length: 0\r\n\r\n";

    private final Path engine;
    private final SSLContext tls;
    private final Path socket;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "BuildKit's gate");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Closeable door;
    private volatile boolean frozen;
    private final AtomicLong bytesLeft = new AtomicLong(Long.MAX_VALUE);
    private int port;

    private BuildKitGate(TestEngine engine, SSLContext tls, Path socket) {
        this.engine = Path.of(engine.uri().getPath());
        this.tls = tls;
        this.socket = socket;
        start();
    }

    /** On a port of this machine, without TLS. */
    public static BuildKitGate plain(TestEngine engine) {
        return new BuildKitGate(engine, null, null);
    }

    /** On a port of this machine; clients show a certificate of the same authority as the server's. */
    public static BuildKitGate withTls(TestEngine engine, TestAuthority authority, TestAuthority.Identity server) {
        return new BuildKitGate(engine, authority.serving(server), null);
    }

    /** On a socket. */
    public static BuildKitGate onSocket(TestEngine engine, Path socket) {
        return new BuildKitGate(engine, null, socket);
    }

    @Override
    public String address() {
        return socket == null ? "tcp://127.0.0.1:" + port : "unix://" + socket;
    }

    /** How many connections there were so far. */
    public int connections() {
        return connections.get();
    }

    /** It dies once it has taken this many bytes more from its clients. */
    public void stopAfter(long bytes) {
        bytesLeft.set(bytes);
    }

    /** Ends every connection, as a daemon does that is killed and started again at once. */
    public void cut() {
        open.forEach(BuildKitGate::end);
        open.clear();
    }

    /** No byte passes any more, and nobody is told: a machine that has gone. */
    public void freeze() {
        frozen = true;
    }

    @Override
    public void stop() {
        end(door);
        cut();
    }

    @Override
    public void start() {
        try {
            if (socket == null) {
                ServerSocket listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
                port = listening.getLocalPort();
                door = listening;
                threads.execute(() -> accept(() -> Wire.of(secured(listening.accept()))));
            } else {
                Files.deleteIfExists(socket);
                ServerSocketChannel listening =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
                door = listening;
                threads.execute(() -> accept(() -> Wire.of(listening.accept())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }

    private interface Acceptor {
        Wire accept() throws IOException;
    }

    private void accept(Acceptor acceptor) {
        while (true) {
            Wire client;
            try {
                client = acceptor.accept();
            } catch (IOException e) {
                return; // stopped
            }
            open.add(client);
            connections.incrementAndGet();
            threads.execute(() -> serve(client));
        }
    }

    private Socket secured(Socket plain) throws IOException {
        if (tls == null) {
            return plain;
        }
        InetSocketAddress peer = (InetSocketAddress) plain.getRemoteSocketAddress();
        SSLSocket secured =
                (SSLSocket) tls.getSocketFactory().createSocket(plain, peer.getHostString(), peer.getPort(), true);
        secured.setUseClientMode(false);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        parameters.setNeedClientAuth(true);
        secured.setSSLParameters(parameters);
        return secured;
    }

    private void serve(Wire client) {
        try (client;
                Wire behind = Wire.of(SocketChannel.open(UnixDomainSocketAddress.of(engine)))) {
            open.add(behind);
            // With TLS: who is not let in is told so before the daemon hears of it.
            client.shakeHands();
            behind.out().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
            readHeader(behind.in());
            threads.execute(() -> pump(client, behind, true));
            pump(behind, client, false);
            open.remove(behind);
        } catch (IOException e) {
            // One of the two ended the connection; the other one now sees its end.
        } finally {
            open.remove(client);
        }
    }

    private static void readHeader(InputStream in) throws IOException {
        StringBuilder header = new StringBuilder();
        while (header.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no answer to the upgrade");
            }
            header.append((char) next);
        }
        if (!header.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("the Engine offers no BuildKit: " + header);
        }
    }

    /** Copies until either side ends, which ends both. */
    private void pump(Wire from, Wire to, boolean counted) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            int count = from.in().read(buffer);
            while (count >= 0) {
                if (counted && bytesLeft.addAndGet(-count) < 0) {
                    stop();
                }
                if (!frozen) {
                    to.out().write(buffer, 0, count);
                    to.out().flush();
                }
                count = from.in().read(buffer);
            }
        } catch (IOException e) {
            // As above.
        }
    }

    private static void end(Closeable thing) {
        try {
            thing.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection, whatever it runs over. */
    private record Wire(InputStream in, OutputStream out, Closeable end, Optional<SSLSocket> tls) implements Closeable {

        static Wire of(Socket socket) throws IOException {
            socket.setTcpNoDelay(true);
            return new Wire(
                    socket.getInputStream(),
                    socket.getOutputStream(),
                    socket,
                    socket instanceof SSLSocket secured ? Optional.of(secured) : Optional.empty());
        }

        /** Reads and writes the channel itself: the streams of {@code Channels} share a lock before Java 19. */
        static Wire of(SocketChannel channel) {
            InputStream in = new InputStream() {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    return channel.read(ByteBuffer.wrap(bytes, offset, length));
                }
            };
            OutputStream out = new OutputStream() {
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
            return new Wire(in, out, channel, Optional.empty());
        }

        void shakeHands() throws IOException {
            if (tls.isPresent()) {
                tls.get().startHandshake();
            }
        }

        @Override
        public void close() throws IOException {
            end.close();
        }
    }
}

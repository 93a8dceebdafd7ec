package io.jenkins.plugins.containerbuild.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Takes connections for a server that speaks plain HTTP and turns away those that begin with a TLS handshake, at once and
 * in the words of Go's servers, as a real registry does. The JDK's server would wait for the end of a line that never
 * comes, and a daemon, which always tries TLS first, would wait 10 seconds with it.
 */
final class PlainHttpGate implements Closeable {
    /**
     * Of the ports that the kit's engines take for registries without TLS, see dev/lib/engine-inside.sh, those that
     * dev/registry does not choose from: it listens only seconds later.
     */
    private static final int FIRST_PORT = 25100;

    private static final int PORTS = 100;
    private static final int TLS_HANDSHAKE = 0x16;
    private static final byte[] REFUSAL = ("HTTP/1.0 400 Bad Request\r\n\r\n"
                    + "Client sent an HTTPS request to an HTTP server.\n")
            .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket gate = bind();
    private final InetSocketAddress server;
    private final ExecutorService threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    PlainHttpGate(InetSocketAddress server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
        threads.execute(this::accept);
    }

    String address() {
        return gate.getInetAddress().getHostAddress() + ":" + gate.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        gate.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!gate.isClosed()) {
            try {
                Socket client = gate.accept();
                open.add(client);
                if (gate.isClosed()) {
                    // Those that were open may have been closed already.
                    client.close();
                    return;
                }
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // Closed, or a client that gave up before it was served.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket behind = new Socket()) {
            open.add(behind);
            int first = client.getInputStream().read();
            if (first == TLS_HANDSHAKE) {
                client.getOutputStream().write(REFUSAL);
            } else if (first >= 0) {
                behind.connect(server);
                behind.getOutputStream().write(first);
                threads.execute(() -> pump(client, behind));
                pump(behind, client);
            }
            open.remove(behind);
        } catch (IOException e) {
            // One of the two ended the connection; the other one now sees its end.
        } finally {
            open.remove(client);
        }
    }

    /** Copies until either side ends, which ends both: what one side sees cut, the other one sees cut. */
    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // As above.
        }
    }

    private static ServerSocket bind() {
        int start = ThreadLocalRandom.current().nextInt(PORTS);
        return IntStream.range(0, PORTS)
                .mapToObj(step -> bindTo(FIRST_PORT + (start + step) % PORTS))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port from " + FIRST_PORT + " on"));
    }

    private static Optional<ServerSocket> bindTo(int port) {
        try {
            return Optional.of(new ServerSocket(port, 0, InetAddress.getLoopbackAddress()));
        } catch (BindException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit.session;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.StreamSocket;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.Workers;
import io.jenkins.plugins.containerbuild.engine.endpoint.DuplexStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What BuildKit may ask of us while it builds: a gRPC server of our own at the other end of a connection of its own, where
 * the daemon has that, else of the call {@code Control/Session}.
 */
final class Session implements AutoCloseable {

    private static final int FLOW_CONTROL_WINDOW = 4 << 20;
    /** Patterns of ignore files travel as headers. */
    private static final int LARGEST_HEADERS = 16 << 20;

    private static final int LARGEST_MESSAGE = 16 << 20;
    private static final long END_LIMIT_SECONDS = 2;

    private final String id;
    private final DuplexStream stream;
    private final Server server;

    /**
     * Serves a session that the daemon was offered; it is usable once this returns.
     *
     * @param id by which a solve names it
     * @param stream on which the daemon is the client
     * @param workers every thread of the session is one of these
     * @param services what the daemon may call
     * @throws IOException when the server cannot start
     */
    Session(String id, DuplexStream stream, Workers workers, List<ServerServiceDefinition> services)
            throws IOException {
        this.id = id;
        this.stream = stream;
        OneServerSocket door = new OneServerSocket(new StreamSocket(stream));
        InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = OkHttpServerBuilder.forPort(nowhere, InsecureServerCredentials.create())
                .socketFactory(door.factory())
                .executor(workers.pool())
                .transportExecutor(workers.pool())
                .scheduledExecutorService(workers.timer())
                .flowControlWindow(FLOW_CONTROL_WINDOW)
                .maxInboundMetadataSize(LARGEST_HEADERS)
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addServices(services)
                .build();
        server.start();
    }

    /** By which a solve names this session. */
    String id() {
        return id;
    }

    /** Whether it is certain that the daemon knows it no more; to be asked once it is closed. */
    boolean isForgotten() {
        // An Engine to which it has a connection of its own refuses an id that it still knows.
        return !(stream instanceof SessionTunnel tunnel) || tunnel.hasEnded();
    }

    /** Ends every call of the daemon. */
    @Override
    public void close() {
        server.shutdownNow();
        try {
            stream.close();
        } catch (IOException e) {
            System.getLogger(Session.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing a session's connection failed", e);
        }
        awaitEnd();
    }

    /** The server's last tasks need the workers, which end next. */
    private void awaitEnd() {
        boolean interrupted = Thread.interrupted();
        try {
            server.awaitTermination(END_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

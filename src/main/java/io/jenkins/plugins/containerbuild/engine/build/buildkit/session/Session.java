package io.jenkins.plugins.containerbuild.engine.build.buildkit.session;

import io.grpc.Channel;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.MetadataUtils;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ControlGrpc;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitEndpoint;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.StreamSocket;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.Workers;
import io.jenkins.plugins.containerbuild.engine.endpoint.DuplexStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What BuildKit may ask of us while it builds: a gRPC server of our own at the other end of a
 * connection of its own, where the daemon has that, else of the call {@code Control/Session}.
 */
public final class Session implements AutoCloseable {

    private static final int FLOW_CONTROL_WINDOW = 4 << 20;
    /** Patterns of ignore files travel as headers. */
    private static final int LARGEST_HEADERS = 16 << 20;

    private static final int LARGEST_MESSAGE = 16 << 20;
    private static final long END_LIMIT_SECONDS = 2;

    private final String id = UUID.randomUUID().toString();
    private final DuplexStream stream;
    private final Server server;

    /**
     * Opens the session; it is usable once this returns.
     *
     * @param endpoint the daemon
     * @param channel to it
     * @param workers every thread of the session is one of these
     * @param sharedKey by which the daemon recognizes the same context in later builds
     * @param services what the daemon may call; health is added
     * @throws IOException when the server cannot start
     */
    public Session(
            BuildKitEndpoint endpoint,
            Channel channel,
            Workers workers,
            String sharedKey,
            List<ServerServiceDefinition> services)
            throws IOException {
        List<ServerServiceDefinition> all = new ArrayList<>(services);
        all.add(new HealthService().bindService());
        Metadata headers = headers(id, sharedKey, all);
        stream = connect(endpoint, channel, headers);
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
                .addServices(all)
                .build();
        server.start();
    }

    private static DuplexStream connect(BuildKitEndpoint endpoint, Channel channel, Metadata headers)
            throws IOException {
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        for (String name : headers.keys()) {
            Iterable<String> values = headers.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
            values.forEach(value -> lines.add(Map.entry(name, value)));
        }
        Optional<DuplexStream> own = endpoint.openSession(lines);
        if (own.isPresent()) {
            return own.get();
        }
        SessionTunnel tunnel = new SessionTunnel();
        ControlGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .session(tunnel);
        return tunnel;
    }

    static Metadata headers(String id, String sharedKey, List<ServerServiceDefinition> services) {
        Metadata headers = new Metadata();
        headers.put(key("uuid"), id);
        headers.put(key("name"), "container-build");
        headers.put(key("sharedkey"), sharedKey);
        for (ServerServiceDefinition service : services) {
            for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
                headers.put(
                        key("grpc-method"), "/" + method.getMethodDescriptor().getFullMethodName());
            }
        }
        return headers;
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of("x-docker-expose-session-" + name, Metadata.ASCII_STRING_MARSHALLER);
    }

    /** By which a solve names this session. */
    public String id() {
        return id;
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

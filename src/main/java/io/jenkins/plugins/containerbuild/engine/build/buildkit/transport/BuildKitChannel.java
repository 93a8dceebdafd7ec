package io.jenkins.plugins.containerbuild.engine.build.buildkit.transport;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.jenkins.plugins.containerbuild.engine.endpoint.DuplexStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** gRPC over one connection to a BuildKit daemon. It connects once, and uses no thread but the given ones. */
public final class BuildKitChannel implements AutoCloseable {

    private static final int FLOW_CONTROL_WINDOW = 4 << 20;
    private static final int LARGEST = 16 << 20;
    private static final long END_LIMIT_SECONDS = 2;

    /**
     * How often a silent daemon is asked for a sign of life while a call goes on, and how long it may take: a machine that
     * is gone ends no connection. The daemon counts such questions and hangs up on whoever asks too much, but its own
     * questions to our session, every few seconds, reset the count.
     */
    private static final long KEEP_ALIVE_SECONDS = 20;

    private final DuplexStream stream;
    private final ManagedChannel channel;
    private final Channel calls;

    private BuildKitChannel(DuplexStream stream, ManagedChannel channel, Channel calls) {
        this.stream = stream;
        this.channel = channel;
        this.calls = calls;
    }

    /**
     * Connects.
     *
     * @throws BuildKitRefusedException when the daemon offers no BuildKit
     * @throws IOException when the connection fails
     */
    public static BuildKitChannel open(BuildKitEndpoint endpoint, Workers workers) throws IOException {
        GrpcMeasuring.leaveOut();
        DuplexStream stream = endpoint.connect();
        // The address is a number so that nobody asks a name service for it; the socket factory does not look at it.
        ManagedChannel channel = OkHttpChannelBuilder.forAddress("127.0.0.1", 1)
                .overrideAuthority("localhost")
                .usePlaintext()
                .socketFactory(new OneSocketFactory(stream))
                .proxyDetector(target -> null)
                .executor(workers.pool())
                .offloadExecutor(workers.pool())
                .transportExecutor(workers.pool())
                .scheduledExecutorService(workers.timer())
                .disableServiceConfigLookUp()
                .disableRetry()
                .flowControlWindow(FLOW_CONTROL_WINDOW)
                .maxInboundMetadataSize(LARGEST)
                .maxInboundMessageSize(LARGEST)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .build();
        return new BuildKitChannel(stream, channel, channel);
    }

    /** For stubs. */
    public Channel channel() {
        return calls;
    }

    /**
     * The same connection, for calls of which none may take longer than a limit: the daemon is told to stop then. Only one
     * of the two is to be closed.
     */
    public BuildKitChannel within(Duration limit) {
        return new BuildKitChannel(stream, channel, ClientInterceptors.intercept(channel, new TimeLimit(limit)));
    }

    /** Ends every call and the connection. */
    @Override
    public void close() {
        channel.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            channel.awaitTermination(END_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        try {
            // gRPC knows of the stream only once there was a call.
            stream.close();
        } catch (IOException e) {
            System.getLogger(BuildKitChannel.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing the connection to a BuildKit daemon failed", e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

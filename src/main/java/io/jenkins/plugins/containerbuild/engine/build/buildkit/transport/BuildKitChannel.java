package io.jenkins.plugins.containerbuild.engine.build.buildkit.transport;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** gRPC over one connection to a BuildKit daemon. It connects once, and uses no thread but the given ones. */
public final class BuildKitChannel implements AutoCloseable {

    private static final int FLOW_CONTROL_WINDOW = 4 << 20;
    private static final int LARGEST = 16 << 20;
    private static final long END_LIMIT_SECONDS = 2;

    private final ManagedChannel channel;

    private BuildKitChannel(ManagedChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects.
     *
     * @throws BuildKitRefusedException when the daemon offers no BuildKit
     * @throws IOException when the connection fails
     */
    public static BuildKitChannel open(BuildKitEndpoint endpoint, Workers workers) throws IOException {
        // The address is a number so that nobody asks a name service for it; the socket factory does not look at it.
        return new BuildKitChannel(OkHttpChannelBuilder.forAddress("127.0.0.1", 1)
                .overrideAuthority("localhost")
                .usePlaintext()
                .socketFactory(new OneSocketFactory(endpoint.connect()))
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
                .build());
    }

    /** For stubs. */
    public Channel channel() {
        return channel;
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
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

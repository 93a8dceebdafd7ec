package io.jenkins.plugins.containerbuild.engine.build.buildkit.session;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.HealthCheckRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.HealthGrpc;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitChannel;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitEndpoint;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.Workers;
import io.jenkins.plugins.containerbuild.engine.endpoint.DuplexStream;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A session without a daemon: our client of BuildKit asks our own session how it is. Whoever builds first in this JVM then
 * finds gRPC loaded, both sides of it.
 */
public final class SessionRehearsal {

    private static final long LIMIT_SECONDS = 30;

    private SessionRehearsal() {}

    /**
     * Asks, in bounded time. Needs nobody else and leaves nothing.
     *
     * @throws IOException when it gets no answer
     * @throws InterruptedException when the thread was interrupted
     */
    public static void run() throws IOException, InterruptedException {
        try (Loop loop = new Loop();
                Workers workers = new Workers("container engine rehearsal");
                BuildKitChannel channel = BuildKitChannel.open(loop, workers);
                Session session =
                        new SessionOpening(loop, channel.channel(), workers, "").open(SessionPlan.newId(), List.of())) {
            HealthGrpc.newFutureStub(channel.channel())
                    .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .get();
            // The client first: a server that hangs up on its client gets to hear of an error, and logs a warning.
            channel.close();
        } catch (ExecutionException e) {
            throw new IOException("the session does not answer", e.getCause());
        }
    }

    /** Both ends of one connection. */
    private static final class Loop implements BuildKitEndpoint, AutoCloseable {

        private final Pipe there;
        private final Pipe back;

        Loop() throws IOException {
            there = Pipe.open();
            back = Pipe.open();
        }

        @Override
        public DuplexStream connect() {
            return new End(back.source(), there.sink());
        }

        @Override
        public Optional<DuplexStream> openSession(List<Map.Entry<String, String>> headers) {
            return Optional.of(new End(there.source(), back.sink()));
        }

        @Override
        public String name() {
            return "this process";
        }

        @Override
        public EngineException lost(IOException cause) {
            return new EndpointException("could not talk to " + name(), cause.toString(), "", cause);
        }

        @Override
        public void close() throws IOException {
            new End(there.source(), back.sink()).close();
            new End(back.source(), there.sink()).close();
        }
    }

    /** One end. */
    private record End(Pipe.SourceChannel source, Pipe.SinkChannel sink) implements DuplexStream {

        @Override
        public InputStream input() {
            return Channels.newInputStream(source);
        }

        @Override
        public OutputStream output() {
            return Channels.newOutputStream(sink);
        }

        @Override
        public void close() throws IOException {
            try (source;
                    sink) {
                // closing is all
            }
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.InternalMetadata;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.FileSyncGrpc;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Packet;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Packet.PacketType;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Stat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Plays BuildKit's side of a file synchronisation. It takes one packet at a time, when the test asks for it. */
final class FakeDaemon implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Server server;
    private final ManagedChannel channel;

    FakeDaemon(FileSyncService service) throws IOException {
        String name = InProcessServerBuilder.generateName();
        server = InProcessServerBuilder.forName(name)
                .addService(service.definition())
                .build()
                .start();
        channel = InProcessChannelBuilder.forName(name).build();
    }

    /** Headers as a daemon sends them; the values as raw bytes, as old daemons do it. */
    static Metadata headers(String... namesAndValues) {
        Metadata headers = new Metadata();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(InternalMetadata.keyOf(namesAndValues[i], new RawUtf8()), namesAndValues[i + 1]);
        }
        return headers;
    }

    Sync sync(String... namesAndValues) {
        return new Sync(headers(namesAndValues));
    }

    @Override
    public void close() throws InterruptedException {
        channel.shutdownNow();
        server.shutdownNow();
        server.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static final class RawUtf8 implements InternalMetadata.TrustedAsciiMarshaller<String> {

        @Override
        public byte[] toAsciiString(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String parseAsciiString(byte[] serialized) {
            return new String(serialized, StandardCharsets.UTF_8);
        }
    }

    /** One call. */
    final class Sync extends ClientCall.Listener<Packet> {

        private final BlockingQueue<Packet> packets = new LinkedBlockingQueue<>();
        private final CompletableFuture<Status> status = new CompletableFuture<>();
        private final ClientCall<Packet, Packet> call;

        private Sync(Metadata headers) {
            call = channel.newCall(FileSyncGrpc.getDiffCopyMethod(), CallOptions.DEFAULT);
            call.start(this, headers);
        }

        @Override
        public void onMessage(Packet packet) {
            packets.add(packet);
        }

        @Override
        public void onClose(Status closed, Metadata trailers) {
            status.complete(closed);
        }

        Packet next() throws Exception {
            call.request(1);
            Packet packet = packets.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (packet == null) {
                throw new AssertionError("no packet came; the call's status: " + status.getNow(null));
            }
            return packet;
        }

        /** All that is announced, by its path. */
        Map<String, Stat> stats() throws Exception {
            Map<String, Stat> stats = new LinkedHashMap<>();
            for (Packet packet = next(); packet.hasStat(); packet = next()) {
                stats.put(packet.getStat().getPath(), packet.getStat());
            }
            return stats;
        }

        List<String> paths() throws Exception {
            return new ArrayList<>(stats().keySet());
        }

        void request(int id) {
            call.sendMessage(
                    Packet.newBuilder().setType(PacketType.PACKET_REQ).setID(id).build());
        }

        /** The next file's content, all of whose packets must have this number. */
        ByteString content(int id) throws Exception {
            ByteString content = ByteString.EMPTY;
            for (Packet packet = data(id); !packet.getData().isEmpty(); packet = data(id)) {
                content = content.concat(packet.getData());
            }
            return content;
        }

        Packet data(int id) throws Exception {
            Packet packet = next();
            if (packet.getType() != PacketType.PACKET_DATA || packet.getID() != id) {
                throw new AssertionError("expected data of file " + id + ", got " + packet);
            }
            return packet;
        }

        void report(String error) {
            call.sendMessage(Packet.newBuilder()
                    .setType(PacketType.PACKET_ERR)
                    .setData(ByteString.copyFromUtf8(error))
                    .build());
        }

        void cancel() {
            call.cancel("the test wants it", null);
        }

        void hangUp() {
            call.halfClose();
        }

        /** Says that all has arrived, and waits for the answer and the end. */
        Status finish() throws Exception {
            call.sendMessage(Packet.newBuilder().setType(PacketType.PACKET_FIN).build());
            Packet answer = next();
            if (answer.getType() != PacketType.PACKET_FIN) {
                throw new AssertionError("expected FIN, got " + answer);
            }
            return status();
        }

        Status status() throws Exception {
            call.request(1);
            return status.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}

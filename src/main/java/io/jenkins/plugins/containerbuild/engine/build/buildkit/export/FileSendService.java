package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Takes what exporters send: the service {@code FileSend} of moby/buildkit. What the messages are depends on the exporter,
 * so they are bytes here: file packets for a directory, pieces of an archive for all else. A header names the exporter by
 * its place in the request; daemons that know one exporter alone send none.
 */
final class FileSendService {

    static final Metadata.Key<String> EXPORTER =
            Metadata.Key.of("buildkit-attachable-exporter-id", Metadata.ASCII_STRING_MARSHALLER);
    static final MethodDescriptor<byte[], byte[]> DIFF_COPY = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
            .setFullMethodName("moby.filesync.v1.FileSend/DiffCopy")
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();

    private final Map<Integer, OutputTarget> targets;

    /** @param targets by the place of their exporters in the request, counted from 0 */
    FileSendService(Map<Integer, OutputTarget> targets) {
        this.targets = Map.copyOf(targets);
    }

    ServerServiceDefinition definition() {
        return ServerServiceDefinition.builder("moby.filesync.v1.FileSend")
                .addMethod(
                        DIFF_COPY,
                        (call, headers) -> ServerCalls.<byte[], byte[]>asyncBidiStreamingCall(
                                        daemon -> receive(headers.get(EXPORTER), daemon))
                                .startCall(call, headers))
                .build();
    }

    private StreamObserver<byte[]> receive(String exporter, StreamObserver<byte[]> daemon) {
        OutputTarget target = targets.get(place(exporter));
        if (target == null) {
            daemon.onError(Status.NOT_FOUND
                    .withDescription("no output was asked of exporter " + exporter)
                    .asRuntimeException());
            return new Ignored();
        }
        return target.receive(daemon);
    }

    private static int place(String exporter) {
        return exporter == null || !exporter.matches("\\d{1,6}") ? 0 : Integer.parseInt(exporter);
    }

    /** Messages as they are. */
    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream message) {
            try {
                return message.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Ignored implements StreamObserver<byte[]> {

        @Override
        public void onNext(byte[] message) {
            // Nobody wants it.
        }

        @Override
        public void onError(Throwable cause) {
            // It was refused already.
        }

        @Override
        public void onCompleted() {
            // It was refused already.
        }
    }
}

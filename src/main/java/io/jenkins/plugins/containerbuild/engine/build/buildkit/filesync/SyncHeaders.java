package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.jenkins.plugins.containerbuild.engine.build.context.PathPatterns;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the headers of a file synchronisation (moby/buildkit, session/filesync). Newer daemons encode values as in a URL
 * when one is not ASCII, and say so in a second header; older ones send UTF-8 as it is, which no header should be and
 * gRPC's own way of reading headers loses.
 */
final class SyncHeaders implements ServerInterceptor {

    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Context.Key<SyncRequest> REQUEST = Context.key("file synchronisation");

    private static final Header DIRECTORY = new Header("dir-name");
    private static final Header INCLUDED = new Header("include-patterns");
    private static final Header EXCLUDED = new Header("exclude-patterns");
    private static final Header FOLLOWED = new Header("followpaths");

    /** What the current call asks for; never null behind this interceptor. */
    static SyncRequest current() {
        return REQUEST.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        SyncRequest request;
        try {
            request = read(headers);
        } catch (IllegalArgumentException e) {
            call.close(Status.INVALID_ARGUMENT.withDescription("a header has a broken encoding"), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return Contexts.interceptCall(Context.current().withValue(REQUEST, request), call, headers, next);
    }

    private static SyncRequest read(Metadata headers) {
        List<String> names = DIRECTORY.values(headers);
        return new SyncRequest(
                names.isEmpty() ? "" : names.get(0),
                new PathPatterns(INCLUDED.values(headers), EXCLUDED.values(headers), FOLLOWED.values(headers)));
    }

    /** One header and the one that tells whether it is encoded. */
    private record Header(Metadata.Key<String> name, Metadata.Key<String> encoded) {

        Header(String name) {
            this(InternalMetadata.keyOf(name, new Utf8()), InternalMetadata.keyOf(name + "-encoded", new Utf8()));
        }

        List<String> values(Metadata headers) {
            Iterable<String> sent = headers.getAll(name);
            List<String> values = new ArrayList<>();
            if (sent != null) {
                String marker = headers.get(encoded);
                boolean decode = marker != null && TRUE.contains(marker);
                sent.forEach(value -> values.add(decode ? URLDecoder.decode(value, StandardCharsets.UTF_8) : value));
            }
            return values;
        }
    }

    /** Takes a header's bytes as UTF-8. */
    private static final class Utf8 implements InternalMetadata.TrustedAsciiMarshaller<String> {

        @Override
        public byte[] toAsciiString(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String parseAsciiString(byte[] serialized) {
            return new String(serialized, StandardCharsets.UTF_8);
        }
    }
}

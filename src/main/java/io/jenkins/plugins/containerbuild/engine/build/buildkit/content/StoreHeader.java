package io.jenkins.plugins.containerbuild.engine.build.buildkit.content;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Reads which of the session's stores a call is about. */
final class StoreHeader implements ServerInterceptor {

    static final Metadata.Key<String> KEY =
            Metadata.Key.of("buildkit-attachable-store-id", Metadata.ASCII_STRING_MARSHALLER);

    private static final Context.Key<String> STORE = Context.keyWithDefault("content store", "");

    /** The store that the current call named; an empty text when it named none. */
    static String current() {
        return STORE.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        // The first one counts: others may have been handed on from another session.
        Iterable<String> ids = headers.getAll(KEY);
        String id = ids == null ? "" : ids.iterator().next();
        return Contexts.interceptCall(Context.current().withValue(STORE, id), call, headers, next);
    }
}

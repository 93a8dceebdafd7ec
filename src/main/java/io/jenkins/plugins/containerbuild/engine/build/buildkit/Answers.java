package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One call that waits: hands on every answer, and keeps the last one for the end.
 *
 * @param <Q> the question
 * @param <A> the answers
 */
final class Answers<Q, A> implements ClientResponseObserver<Q, A> {

    private final Consumer<A> sink;
    private final CompletableFuture<A> end = new CompletableFuture<>();
    private final AtomicReference<ClientCallStreamObserver<Q>> call = new AtomicReference<>();
    private volatile A last;

    /** @param sink gets each answer, on gRPC's thread */
    Answers(Consumer<A> sink) {
        this.sink = sink;
    }

    /** For a call with one answer. */
    Answers() {
        this(answer -> {});
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> stream) {
        call.set(stream);
    }

    @Override
    public void onNext(A answer) {
        last = answer;
        sink.accept(answer);
    }

    @Override
    public void onError(Throwable cause) {
        end.completeExceptionally(cause);
    }

    @Override
    public void onCompleted() {
        end.complete(last);
    }

    /** Whether an answer has come, whatever becomes of the call. */
    boolean hasAnswers() {
        return last != null;
    }

    /** The last answer, once the call is over. */
    CompletableFuture<A> end() {
        return end;
    }

    /**
     * Waits for the last answer; an interrupt cancels the call.
     *
     * @throws ExecutionException when the call failed, with gRPC's exception as the cause
     */
    A await() throws ExecutionException, InterruptedException {
        try {
            return end.get();
        } catch (InterruptedException e) {
            cancel();
            throw e;
        }
    }

    void cancel() {
        ClientCallStreamObserver<Q> begun = call.get();
        if (begun != null) {
            begun.cancel("the build was cancelled", null);
        }
    }
}

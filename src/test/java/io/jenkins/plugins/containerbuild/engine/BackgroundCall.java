package io.jenkins.plugins.containerbuild.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A call on a thread of its own, which a test interrupts or waits for within a bound. */
public final class BackgroundCall {

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Thread thread;

    /** Begins at once. */
    public BackgroundCall(Callable<?> call) {
        thread = new Thread(
                () -> {
                    try {
                        call.call();
                        end.complete(null);
                    } catch (Throwable e) {
                        end.completeExceptionally(e);
                    }
                },
                "call under test");
        thread.start();
    }

    /** As Jenkins does it with a build that is aborted. */
    public void interrupt() {
        thread.interrupt();
    }

    /** It must end within the limit because it was interrupted. */
    public void awaitInterruptedEnd(Duration limit) {
        assertThatThrownBy(() -> end.get(limit.toMillis(), TimeUnit.MILLISECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }

    /** It must end within the limit with an exception, which is returned. */
    public Throwable awaitFailure(Duration limit) throws Exception {
        try {
            end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return e.getCause();
        }
        throw new AssertionError("it ended well");
    }

    /** It must get so far within the limit; a call that has ended before will not, and says why. */
    public void awaitProgress(Duration limit, BooleanSupplier condition) throws Exception {
        Instant bound = Instant.now().plus(limit);
        while (!condition.getAsBoolean()) {
            if (end.isDone()) {
                throw new AssertionError(
                        "the call has ended already",
                        end.handle((value, failure) -> failure).get());
            }
            assertThat(Instant.now()).as(this::whereItIs).isBefore(bound);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private String whereItIs() {
        return "still waiting; the call is at " + Arrays.toString(thread.getStackTrace());
    }

    /** Looks again and again, for what nobody tells of. */
    public static void await(Duration limit, BooleanSupplier condition) throws Exception {
        Instant end = Instant.now().plus(limit);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("still waiting").isBefore(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}

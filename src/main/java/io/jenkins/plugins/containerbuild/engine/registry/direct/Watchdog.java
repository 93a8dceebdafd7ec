package io.jenkins.plugins.containerbuild.engine.registry.direct;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Cuts connections over which nothing moves any more: a write waits for ever when the other side stops reading, and a read
 * goes on for ever when a byte comes every minute. One thread, for the connections of one call.
 */
final class Watchdog implements AutoCloseable {

    private final long limitNanos;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "container-build registry watchdog");
        thread.setDaemon(true);
        return thread;
    });

    /** @param limit how long nothing may happen */
    Watchdog(Duration limit) {
        limitNanos = limit.toNanos();
        clock.setRemoveOnCancelPolicy(true);
        // Whoever still begins something then finds the connections closed.
        clock.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Watches until it is closed. */
    Watch over(Runnable cut) {
        return new Watch(cut);
    }

    /** One connection that is watched. */
    final class Watch implements AutoCloseable {

        private final Runnable cut;
        private volatile long last = System.nanoTime();
        private volatile ScheduledFuture<?> next;
        private volatile boolean closed;
        private volatile boolean bitten;

        private Watch(Runnable cut) {
            this.cut = cut;
            next = clock.schedule(this::look, limitNanos, TimeUnit.NANOSECONDS);
        }

        /** Something happened. */
        void moved() {
            last = System.nanoTime();
        }

        /** What went wrong, where this cut the connection; otherwise the failure itself. */
        IOException explained(IOException failure) {
            if (!bitten) {
                return failure;
            }
            SocketTimeoutException late = new SocketTimeoutException("nothing moved for too long");
            late.initCause(failure);
            return late;
        }

        private void look() {
            long left = limitNanos - (System.nanoTime() - last);
            if (closed) {
                return;
            }
            if (left <= 0) {
                bitten = true;
                cut.run();
            } else {
                next = clock.schedule(this::look, left, TimeUnit.NANOSECONDS);
            }
        }

        @Override
        public void close() {
            closed = true;
            next.cancel(false);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}

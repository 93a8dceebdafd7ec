package io.jenkins.plugins.containerbuild.engine.endpoint;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Clears away what a call made in a daemon, also for a caller that was interrupted or whose connection was lost: on a
 * connection and a thread of its own, in bounded time. Being interrupted meanwhile changes nothing: whoever interrupts wants
 * nothing to be left behind.
 */
public final class Aftermath {

    /** For somebody who was interrupted, and is expected to end within five seconds. */
    private static final Duration SHORT = Duration.ofSeconds(4);

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String TOO_LATE = "the daemon did not answer in time";

    private Aftermath() {}

    /** What is to be cleared away. */
    public interface Clearing {

        /** Does it, on a connection that is closed when the time is up. */
        void run(EngineConnection fresh) throws DaemonRefusal, EngineException, InterruptedException;
    }

    /**
     * Clears away.
     *
     * @param interrupted whether the caller was interrupted, so that there is little time
     * @return why something is left, or null
     */
    public static String of(EngineConnection connection, boolean interrupted, Clearing clearing) {
        AtomicReference<String> left = new AtomicReference<>(TOO_LATE);
        try (EngineConnection fresh = connection.another()) {
            Thread worker = new Thread(() -> left.set(clear(fresh, clearing)), "container engine clears away");
            worker.setDaemon(true);
            worker.start();
            join(worker, interrupted ? SHORT : LONG);
        }
        return left.get();
    }

    private static String clear(EngineConnection fresh, Clearing clearing) {
        try {
            clearing.run(fresh);
            return null;
        } catch (DaemonRefusal | EngineException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            return "it was interrupted";
        } catch (IllegalStateException e) {
            return TOO_LATE; // the connection was closed meanwhile
        }
    }

    private static void join(Thread worker, Duration limit) {
        boolean interrupted = Thread.interrupted();
        long end = System.nanoTime() + limit.toNanos();
        while (worker.isAlive() && System.nanoTime() < end) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(worker, Math.max(1, end - System.nanoTime()));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

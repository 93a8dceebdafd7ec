package io.jenkins.plugins.containerbuild.engine.build.buildkit.transport;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The threads of one build: every executor that gRPC wants is one of these two, so that none outlives the build. */
public final class Workers implements AutoCloseable {

    private static final long END_LIMIT_SECONDS = 5;

    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final ExecutorService pool;
    private final ScheduledExecutorService timer;

    /** @param name what the threads are called */
    public Workers(String name) {
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        };
        pool = Executors.newCachedThreadPool(daemons);
        ScheduledThreadPoolExecutor scheduled = new ScheduledThreadPoolExecutor(1, daemons);
        scheduled.setRemoveOnCancelPolicy(true);
        timer = scheduled;
    }

    /** As many threads as there is work. */
    public ExecutorService pool() {
        return pool;
    }

    /** One thread for what is due later. */
    public ScheduledExecutorService timer() {
        return timer;
    }

    /** Interrupts what still runs and waits until it has ended; returns earlier, interrupted, when the caller is. */
    @Override
    public void close() {
        pool.shutdownNow();
        timer.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            // A pool counts as ended a moment before its last thread does.
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_LIMIT_SECONDS);
            for (Thread thread : threads) {
                long rest = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                thread.join(Math.max(1, rest));
            }
            if (threads.stream().anyMatch(Thread::isAlive)) {
                System.getLogger(Workers.class.getName())
                        .log(System.Logger.Level.WARNING, "a thread of a build did not end in time");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

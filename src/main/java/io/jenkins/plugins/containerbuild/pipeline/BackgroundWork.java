package io.jenkins.plugins.containerbuild.pipeline;

import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.containerbuild.agent.AgentLostException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.springframework.security.core.Authentication;

/**
 * One run of a step's work on a background thread. It completes the step, or this part of it, exactly once: with the
 * work's value, with its failure, or with the cause for which it was stopped, and then only after the work has ended,
 * unless that takes too long.
 */
final class BackgroundWork {

    /** The agent's side has a shorter bound of its own; this one is for a thread that hangs on the controller. */
    private static final long STOP_BOUND_SECONDS = 30;

    private static final long SHUTDOWN_SECONDS = 5;

    private final Jenkins jenkins = Jenkins.get();
    private final ShutdownListener shutdown = ExtensionList.lookupSingleton(ShutdownListener.class);
    private final StepContext context;
    private final Callable<?> work;
    private final Completion completion;

    private Thread thread;
    private Throwable stopCause;
    private boolean completed;

    /** What follows work that has gone well. */
    interface Completion {

        /** The step goes on. */
        void done(Object value);

        /** The step was stopped when the work was just done. */
        void stopped(Object value, Throwable cause);

        /** The step ends with the work's value. */
        static Completion of(StepContext context) {
            return new Completion() {
                @Override
                public void done(Object value) {
                    context.onSuccess(value);
                }

                @Override
                public void stopped(Object value, Throwable cause) {
                    context.onFailure(cause);
                }
            };
        }
    }

    private BackgroundWork(StepContext context, Callable<?> work, Completion completion) {
        this.context = context;
        this.work = work;
        this.completion = completion;
    }

    /** Starts the work as the user as whom the caller runs; the step ends with its value. */
    static BackgroundWork start(StepContext context, String name, Callable<?> work) {
        return start(context, name, work, Completion.of(context));
    }

    /** Starts the work as the user as whom the caller runs. */
    static BackgroundWork start(StepContext context, String name, Callable<?> work, Completion completion) {
        BackgroundWork started = new BackgroundWork(context, work, completion);
        Authentication user = Jenkins.getAuthentication2();
        Computer.threadPoolForRemoting.execute(() -> started.run(name, user));
        return started;
    }

    private void run(String name, Authentication user) {
        Thread current = Thread.currentThread();
        String idleName = current.getName();
        if (!begin(current)) {
            return;
        }
        current.setName(name + " in " + context);
        try (ACLContext ignored = ACL.as2(user)) {
            Object value = work.call();
            end(() -> completion.done(value), cause -> completion.stopped(value, cause));
        } catch (InterruptedException e) {
            fail(cancelled(e));
        } catch (AgentLostException e) {
            if (jenkinsGoesDown()) {
                leave();
            } else {
                fail(e);
            }
        } catch (Throwable e) {
            fail(e);
        } finally {
            current.setName(idleName);
        }
    }

    /**
     * A controller that is stopped may first cut its agents off and then say that it goes down; the step must not fail for
     * that, since it is to be resumed.
     */
    private boolean jenkinsGoesDown() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SHUTDOWN_SECONDS);
        try {
            while (!shutdown.hasBegun() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // stopped: there is nothing to wait for any more
        }
        return shutdown.hasBegun();
    }

    /** Goes without completing the step, the thread being no longer one to interrupt. */
    private synchronized void leave() {
        thread = null;
        Thread.interrupted(); // as in end()
    }

    private synchronized boolean begin(Thread current) {
        if (completed) {
            return false;
        }
        thread = current;
        return true;
    }

    private void fail(Throwable failure) {
        end(() -> context.onFailure(failure), context::onFailure);
    }

    /** Completes the step, the thread being no longer one to interrupt. */
    private void end(Runnable unstopped, Consumer<Throwable> stopped) {
        Throwable cause;
        synchronized (this) {
            thread = null;
            Thread.interrupted(); // came for the work, not for the pool's next task
            if (completed || jenkins.isTerminating()) {
                return; // a controller that goes down has cut the work off: the step is resumed, not failed
            }
            completed = true;
            cause = stopCause;
        }
        if (cause == null) {
            unstopped.run();
        } else {
            stopped.accept(cause);
        }
    }

    /**
     * Interrupts the work; the step fails with this cause when the work has ended.
     *
     * @return false when it has ended already, and nobody will hear of this cause
     */
    boolean stop(Throwable cause) {
        boolean never;
        synchronized (this) {
            if (completed) {
                return false;
            }
            stopCause = stopCause == null ? cause : stopCause;
            never = thread == null;
            completed = never;
            if (!never) {
                thread.interrupt();
            }
        }
        if (never) {
            context.onFailure(cause);
        } else {
            Timer.get().schedule(this::giveUp, STOP_BOUND_SECONDS, TimeUnit.SECONDS);
        }
        return true;
    }

    private void giveUp() {
        Throwable cause;
        synchronized (this) {
            if (completed) {
                return;
            }
            completed = true;
            cause = stopCause;
        }
        context.onFailure(cause);
    }

    private static Throwable cancelled(InterruptedException e) {
        FlowInterruptedException aborted = new FlowInterruptedException(Result.ABORTED, true);
        aborted.initCause(e);
        return aborted;
    }

    synchronized String status() {
        return thread == null ? "waiting for a thread" : "running in thread: " + thread.getName();
    }
}

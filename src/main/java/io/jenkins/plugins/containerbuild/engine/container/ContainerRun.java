package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Runs a container's command to its end. */
public final class ContainerRun {

    private static final long PAUSE_MILLIS = 50;
    private static final int CANNOT_EXECUTE = 126;
    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final EngineConnection connection;
    private final ContainerStart starting;
    private final EngineListener listener;
    private final ContainerStore store;

    /**
     * @param connection the daemon
     * @param starting starts containers
     * @param listener gets the command's lines
     */
    public ContainerRun(EngineConnection connection, ContainerStart starting, EngineListener listener) {
        this.connection = connection;
        this.starting = starting;
        this.listener = listener;
        store = new ContainerStore(connection);
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Containers#run}. */
    public RunResult run(RunRequest request) throws EngineException, InterruptedException {
        return run(request, () -> RunOutput.of(request, listener));
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Containers#run(RunRequest, OutputStream, OutputStream)}. */
    public RunResult run(RunRequest request, OutputStream output, OutputStream errors)
            throws EngineException, InterruptedException {
        return run(request, () -> RunOutput.to(output, errors));
    }

    /** Opens what takes the command's lines. */
    private interface Opening {
        RunOutput open() throws EngineException;
    }

    private RunResult run(RunRequest request, Opening opening) throws EngineException, InterruptedException {
        Instant start = Instant.now();
        String name = request.container().name() == null
                ? ContainerMaking.freeName()
                : request.container().name();
        request.container().check();
        starting.refuseTaken(request.container().name());
        boolean interrupted = false;
        boolean made = false;
        try (RunOutput output = opening.open()) {
            String id = starting.make(request.container().withName(name));
            made = true;
            follow(request, id, name, output);
            ContainerDetails ended = ended(id);
            output.keep();
            Duration took = Duration.between(start, Instant.now());
            int exitCode = ended.exitCode() == null ? -1 : ended.exitCode();
            refuseFailure(request, name, id, exitCode);
            return new RunResult(exitCode, output.text(), output.truncated(), took);
        } catch (InterruptedException e) {
            interrupted = true;
            throw e;
        } finally {
            starting.removeAfterwards(name, interrupted, made);
        }
    }

    /** Attached before it starts, so that nothing is missed; what the daemon logs of it may lack its last line. */
    private void follow(RunRequest request, String id, String name, RunOutput output)
            throws EngineException, InterruptedException {
        long opened = System.nanoTime();
        AtomicLong started = new AtomicLong();
        // What a daemon needs to start it is none of its own time.
        LongSupplier begun =
                () -> started.get() == 0 ? Math.min(System.nanoTime(), opened + START_LIMIT.toNanos()) : started.get();
        EngineException[] refused = {null};
        try (EngineConnection own = connection.another()) {
            own.exchange(
                    DaemonRequest.post("/containers/" + id + "/attach")
                            .query("stream", "1")
                            .query("stdout", "1")
                            .query("stderr", "1"),
                    request.limit(),
                    begun,
                    body -> {
                        refused[0] = started(id, name);
                        started.set(System.nanoTime());
                        if (refused[0] == null) {
                            Frames.copy(body, output, output.errors());
                        }
                        return null;
                    });
        } catch (DaemonRefusal e) {
            // Podman makes the process ready for whoever follows it.
            throw StartAdvice.of(name, store.daemon(), e);
        } catch (IOException e) {
            output.throwTrouble();
            if (request.limit() != null
                    && System.nanoTime() - begun.getAsLong() >= request.limit().toNanos()) {
                throw new EngineException(
                        "could not run the container " + name + " to its end",
                        "it did not end within " + request.limit().toMillis() / 1000.0 + " seconds, and was ended",
                        "Give it more time, or look at what it waits for");
            }
            throw connection.lost(e);
        }
        if (refused[0] != null) {
            throw refused[0];
        }
    }

    private EngineException started(String id, String name) throws InterruptedIOException {
        try {
            store.start(id, name);
            return null;
        } catch (EngineException e) {
            return e;
        } catch (InterruptedException e) {
            throw new InterruptedIOException("given up");
        }
    }

    /** Its log ends a moment before the daemon has noted how it ended. */
    private ContainerDetails ended(String id) throws EngineException, InterruptedException {
        ContainerDetails container = store.inspect(id);
        while (container.isRunning()) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            container = store.inspect(id);
        }
        return container;
    }

    private void refuseFailure(RunRequest request, String name, String id, int exitCode)
            throws EngineException, InterruptedException {
        if (exitCode == 0 || request.anyExitCode()) {
            return;
        }
        String why = "the command ended with exit code " + exitCode + new ContainerTrouble(store).ofEnd(id);
        throw new EngineException(
                "could not run the container " + name + " of the image "
                        + request.container().image().image(),
                why,
                exitCode == CANNOT_EXECUTE || exitCode == CANNOT_EXECUTE + 1
                        ? "Check that the command is a program of the image, and executable"
                        : "Look at its lines above; allow other exit codes if they are none of a failure");
    }
}

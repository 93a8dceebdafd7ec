package io.jenkins.plugins.containerbuild.engine.compose;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.container.ContainerDetails;
import io.jenkins.plugins.containerbuild.engine.container.ContainerTrouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Waits until all services of a project are ready, and says which are not, and why. */
final class StackCheck {

    private static final long PAUSE_MILLIS = 200;
    /** A process that ends at once is seen to run before it does. */
    private static final Duration SETTLING = Duration.ofSeconds(1);
    /** One that was started again by its restart policy may end again. */
    private static final Duration SETTLING_AGAIN = Duration.ofSeconds(3);

    private final ProjectStore store;
    private final ContainerTrouble trouble;
    private final ComposeDocument document;
    private final Map<String, Phase> phases = new HashMap<>();

    StackCheck(ProjectStore store, ContainerTrouble trouble, ComposeDocument document) {
        this.store = store;
        this.trouble = trouble;
        this.document = document;
    }

    /**
     * Since when a container is as it is.
     *
     * @param name its state and how often it was started again
     * @param restarts how often it was started again
     * @param since in nanoseconds
     */
    private record Phase(String name, int restarts, long since) {

        boolean lasts() {
            Duration wanted = restarts == 0 ? SETTLING : SETTLING_AGAIN;
            return System.nanoTime() - since >= wanted.toNanos();
        }
    }

    /**
     * Waits.
     *
     * @param end when the time is up, in nanoseconds
     * @return why services are not ready, by those services; empty when all are
     */
    Map<ComposeService, String> await(String project, long end) throws EngineException, InterruptedException {
        while (true) {
            List<ComposeService> services = store.services(project);
            Map<ComposeService, String> failed = failed(services);
            if (!failed.isEmpty()) {
                return withOthers(project, failed);
            }
            List<ComposeService> pending = new ArrayList<>();
            for (ComposeService service : services) {
                if (!isReady(service)) {
                    pending.add(service);
                }
            }
            if (pending.isEmpty()) {
                return Map.of();
            }
            if (System.nanoTime() >= end) {
                return unready(pending);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** What fails for the same reason does so in the same moment or the next one. */
    private Map<ComposeService, String> withOthers(String project, Map<ComposeService, String> first)
            throws EngineException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(SETTLING.toMillis());
        Map<ComposeService, String> failed = failed(store.services(project));
        return failed.isEmpty() ? first : failed;
    }

    private boolean isReady(ComposeService service) throws EngineException, InterruptedException {
        ContainerDetails container = service.container();
        if (isDone(service)) {
            return true;
        }
        int restarts = trouble.restarts(container.id());
        String name = container.state() + ' ' + restarts;
        Phase phase = phases.get(container.id());
        if (phase == null || !phase.name().equals(name)) {
            phase = new Phase(name, restarts, System.nanoTime());
            phases.put(container.id(), phase);
        }
        return container.isRunning()
                && (container.health() == null
                        ? phase.lasts()
                        : container.health().equals("healthy"));
    }

    /** Whether it did one thing well and ended, as migrations do. */
    private boolean isDone(ComposeService service) {
        Integer code = service.container().exitCode();
        return isEnded(service.container()) && code != null && code == 0 && !document.goesOn(service.service());
    }

    private static boolean isEnded(ContainerDetails container) {
        return container.state().equals("exited") || container.state().equals("dead");
    }

    /** What will not become ready any more, and why. */
    Map<ComposeService, String> failed(List<ComposeService> services) throws EngineException, InterruptedException {
        Map<ComposeService, String> failed = new LinkedHashMap<>();
        for (ComposeService service : services) {
            ContainerDetails container = service.container();
            if (isEnded(container) && !isDone(service)) {
                failed.put(
                        service,
                        "its process ended with exit code " + container.exitCode() + trouble.ofEnd(container.id()));
            } else if (container.isRunning() && "unhealthy".equals(container.health())) {
                failed.put(service, "it is unhealthy" + trouble.ofHealth(container.id()));
            }
        }
        return failed;
    }

    /** What was not ready in time, and why. */
    Map<ComposeService, String> unready(List<ComposeService> services) throws EngineException, InterruptedException {
        Map<ComposeService, String> unready = new LinkedHashMap<>();
        for (ComposeService service : services) {
            ContainerDetails container = service.container();
            int restarts = trouble.restarts(container.id());
            if (container.health() != null && !container.health().equals("healthy")) {
                unready.put(service, "its health check has not passed" + trouble.ofHealth(container.id()));
            } else if (restarts > 0 || container.state().equals("restarting")) {
                unready.put(
                        service,
                        "its process has ended and was started again " + restarts + " times"
                                + (container.exitCode() == null
                                        ? ""
                                        : "; its last exit code was " + container.exitCode()));
            } else if (!container.isRunning() && !isDone(service)) {
                unready.put(
                        service,
                        container.state().equals("created") ? "it was not started" : "it is " + container.state());
            }
        }
        return unready;
    }
}

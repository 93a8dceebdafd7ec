package io.jenkins.plugins.containerbuild.engine.container;

import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.HealthStateLog;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.util.List;

/** Why a container is not what it should be, as far as the daemon tells it. */
public final class ContainerTrouble {

    private final ContainerStore store;

    /** @param store the daemon's containers */
    public ContainerTrouble(ContainerStore store) {
        this.store = store;
    }

    /**
     * Why its process ended, in parentheses after a space; empty when nothing more than its exit code is known.
     *
     * @throws EngineException when there is no such container
     * @throws InterruptedException when the thread was interrupted
     */
    public String ofEnd(String id) throws EngineException, InterruptedException {
        ContainerState state = store.raw(id).getState();
        if (state == null) {
            return "";
        }
        if (Boolean.TRUE.equals(state.getOOMKilled())) {
            return " (it used more memory than it may)";
        }
        String error = state.getError();
        return error == null || error.isEmpty() ? "" : " (" + error + ")";
    }

    /**
     * What its last health check said, after a semicolon; empty when there was none.
     *
     * @throws EngineException when there is no such container
     * @throws InterruptedException when the thread was interrupted
     */
    public String ofHealth(String id) throws EngineException, InterruptedException {
        ContainerState state = store.raw(id).getState();
        HealthState health = state == null ? null : state.getHealth();
        List<HealthStateLog> log = health == null ? null : health.getLog();
        if (log == null || log.isEmpty()) {
            return "";
        }
        HealthStateLog last = log.get(log.size() - 1);
        return "; the last health check ended with exit code " + last.getExitCodeLong() + ": "
                + String.valueOf(last.getOutput()).strip();
    }

    /**
     * How often the daemon has started it again.
     *
     * @throws EngineException when there is no such container
     * @throws InterruptedException when the thread was interrupted
     */
    public int restarts(String id) throws EngineException, InterruptedException {
        InspectContainerResponse container = store.raw(id);
        Integer count = container.getRestartCount();
        return count == null ? 0 : count;
    }
}

package io.jenkins.plugins.containerbuild.engine.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.volume.PruneRequest;
import io.jenkins.plugins.containerbuild.engine.volume.RemovedVolume;
import io.jenkins.plugins.containerbuild.engine.volume.VolumePruning;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Holds a daemon's build cache, a controller's volumes and its images within bounds. */
public final class SpaceBudget {

    private static final int NOT_FOUND = 404;
    private static final int NOT_IMPLEMENTED = 501;
    private static final Duration PRUNING_LIMIT = Duration.ofMinutes(10);

    private final EngineConnection connection;
    private final EngineListener listener;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param connection the daemon
     * @param listener told which volumes are removed
     */
    public SpaceBudget(EngineConnection connection, EngineListener listener) {
        this.connection = connection;
        this.listener = listener;
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Cleanup#keepWithin}. */
    public SpaceResult keepWithin(SpaceRequest request) throws EngineException, InterruptedException {
        long cache = request.cacheBytes() == null ? 0 : pruneCache(request.cacheBytes());
        List<RemovedVolume> volumes = request.volumeBytes() == null
                ? List.of()
                : new VolumePruning(new VolumeStore(connection), listener, Clock.systemUTC())
                        .prune(new PruneRequest(request.controller(), null, request.volumeBytes(), List.of()))
                        .removed();
        ImageBudget.Outcome images = request.imageBytes() == null
                ? ImageBudget.NOTHING
                : new ImageBudget(connection).keepWithin(request.images(), request.imageBytes());
        return new SpaceResult(cache, volumes, images.removed(), images.forgotten());
    }

    /** {@code POST /build/prune}: what builds use just now stays, and the least recently used goes first. */
    private long pruneCache(long keep) throws EngineException, InterruptedException {
        try (EngineConnection patient = connection.another()) {
            JsonNode answer = patient.exchange(
                    DaemonRequest.post("/build/prune").query("keep-storage", Long.toString(keep)),
                    PRUNING_LIMIT,
                    json::readTree);
            return answer.path("SpaceReclaimed").asLong(0);
        } catch (DaemonRefusal e) {
            if (e.status() == NOT_FOUND || e.status() == NOT_IMPLEMENTED) {
                return 0;
            }
            throw new EngineException(
                    "could not prune the build cache",
                    "the " + connection.info().product() + " at "
                            + connection.info().uri() + " answered: " + e.getMessage(),
                    "Look into the daemon's log for more",
                    e);
        } catch (IOException e) {
            throw connection.lost(e);
        }
    }
}

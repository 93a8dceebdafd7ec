package io.jenkins.plugins.containerbuild.cleanup;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Computer;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.agent.VolumeTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.ByteSize;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.ownership.Age;
import io.jenkins.plugins.containerbuild.engine.volume.PruneRequest;
import io.jenkins.plugins.containerbuild.engine.volume.RemoveRequest;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeDetails;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeFilter;
import io.jenkins.plugins.containerbuild.monitor.NodeEndpoint;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The volumes that this Jenkins made in the daemon of a node, for a page that must not hang. */
final class NodeVolumes {

    /** How long the daemon may count sizes before the page does without. */
    private static final Duration COUNTING = Duration.ofSeconds(10);

    private static final Duration LOOKING = Duration.ofSeconds(20);

    private static final Duration CHANGING = Duration.ofSeconds(60);

    private final Computer computer;

    NodeVolumes(Computer computer) {
        this.computer = computer;
    }

    /** What there is, or why that cannot be said. */
    VolumesLook look() throws InterruptedException {
        VolumeFilter ours = VolumeFilter.ALL.of(Makers.controller());
        try {
            ArrayList<VolumeDetails> volumes =
                    within(LOOKING, new VolumeTask.GlanceAtVolumes(ours, COUNTING), "list the volumes");
            return VolumesLook.of(volumes, Clock.systemUTC());
        } catch (EngineException e) {
            return VolumesLook.without(e);
        }
    }

    /** Removes one that this Jenkins made and nobody uses. */
    void remove(String name) throws EngineException, InterruptedException {
        RemoveRequest request = RemoveRequest.of(List.of(name), Makers.controller());
        within(CHANGING, new VolumeTask.RemoveVolumes(request), "remove the volume " + name);
    }

    /** Removes those that this Jenkins made and nobody needs; null where nothing is said. */
    void prune(@CheckForNull String maxAge, @CheckForNull String keepBytes)
            throws EngineException, InterruptedException {
        PruneRequest request = new PruneRequest(
                Makers.controller(),
                maxAge == null ? null : Age.parse("maxAge", maxAge),
                keepBytes == null ? null : ByteSize.parse(keepBytes),
                List.of());
        within(CHANGING, new VolumeTask.PruneVolumes(request), "remove volumes");
    }

    private <R extends Serializable> R within(Duration limit, EngineTask<R> task, String what)
            throws EngineException, InterruptedException {
        return NodeCall.within(limit, computer, this::endpoint, task, what);
    }

    private EndpointRequest endpoint() throws EngineException, IOException, InterruptedException {
        return NodeEndpoint.of(computer, null);
    }
}

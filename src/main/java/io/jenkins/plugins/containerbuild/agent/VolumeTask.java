package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.volume.ArchiveRequest;
import io.jenkins.plugins.containerbuild.engine.volume.CopyRequest;
import io.jenkins.plugins.containerbuild.engine.volume.PruneRequest;
import io.jenkins.plugins.containerbuild.engine.volume.PruneResult;
import io.jenkins.plugins.containerbuild.engine.volume.RemoveRequest;
import io.jenkins.plugins.containerbuild.engine.volume.RemovedVolume;
import io.jenkins.plugins.containerbuild.engine.volume.TransferResult;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeDetails;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeFilter;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeRequest;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeResult;
import java.time.Duration;
import java.util.ArrayList;

/** Tasks for named volumes. */
public final class VolumeTask {

    private VolumeTask() {}

    /**
     * Makes sure that a volume is there.
     *
     * @param request which one
     */
    public record EnsureVolume(VolumeRequest request) implements EngineTask<VolumeResult> {
        @Override
        public VolumeResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.volumes().ensure(request);
            }
        }
    }

    /**
     * Lists volumes.
     *
     * @param request which ones
     */
    public record ListVolumes(VolumeFilter request) implements EngineTask<ArrayList<VolumeDetails>> {
        @Override
        public ArrayList<VolumeDetails> run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return new ArrayList<>(engine.volumes().list(request));
            }
        }
    }

    /**
     * Lists volumes for somebody who does not want to wait.
     *
     * @param request which ones
     * @param counting how long the daemon may count their sizes
     */
    public record GlanceAtVolumes(VolumeFilter request, Duration counting)
            implements EngineTask<ArrayList<VolumeDetails>> {
        @Override
        public ArrayList<VolumeDetails> run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return new ArrayList<>(engine.volumes().list(request, counting));
            }
        }
    }

    /**
     * Removes volumes.
     *
     * @param request which ones
     */
    public record RemoveVolumes(RemoveRequest request) implements EngineTask<ArrayList<RemovedVolume>> {
        @Override
        public ArrayList<RemovedVolume> run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return new ArrayList<>(engine.volumes().remove(request));
            }
        }
    }

    /**
     * Removes volumes that nobody needs.
     *
     * @param request which ones
     */
    public record PruneVolumes(PruneRequest request) implements EngineTask<PruneResult> {
        @Override
        public PruneResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.volumes().prune(request);
            }
        }
    }

    /**
     * Copies files into a volume or out of it.
     *
     * @param request what, from where, to where
     */
    public record CopyVolume(CopyRequest request) implements EngineTask<TransferResult> {
        @Override
        public TransferResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.volumes().copy(request);
            }
        }
    }

    /**
     * Writes a volume into an archive.
     *
     * @param request which volume and file
     */
    public record ArchiveVolume(ArchiveRequest request) implements EngineTask<TransferResult> {
        @Override
        public TransferResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.volumes().archive(request);
            }
        }
    }

    /**
     * Writes an archive into a volume.
     *
     * @param request which volume and file
     */
    public record RestoreVolume(ArchiveRequest request) implements EngineTask<TransferResult> {
        @Override
        public TransferResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.volumes().restore(request);
            }
        }
    }
}

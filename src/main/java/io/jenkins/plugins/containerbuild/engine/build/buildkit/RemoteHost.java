package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ArchiveSink;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ExportAnswer;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.remote.EngineLoad;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.remote.LoadEngine;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitEndpoint;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.RemoteBuildKit;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.Workers;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageLoad;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import io.jenkins.plugins.containerbuild.engine.image.InvalidReferenceException;

/** A BuildKit daemon of its own. Images for a Docker Engine are handed on to one. For one build. */
final class RemoteHost implements Host {

    private final RemoteBuildKit endpoint;
    private final LoadEngine engine;
    private final MirroredSources sources;
    private final EngineListener listener;
    private EngineLoad load;

    RemoteHost(RemoteBuildKit endpoint, LoadEngine engine, MirroredSources sources, EngineListener listener) {
        this.endpoint = endpoint;
        this.engine = engine;
        this.sources = sources;
        this.listener = listener;
    }

    @Override
    public BuildKitEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public SolvePart sources() {
        return sources;
    }

    @Override
    public ArchiveSink loading(Workers workers) throws EngineException, InterruptedException {
        load = new EngineLoad(new ImageLoad(engine.connection()), workers.pool());
        return load;
    }

    @Override
    public Digest imageId(ExportAnswer answer, SolveFailure failure) throws EngineException, InterruptedException {
        String name = load == null ? null : load.taken();
        if (name == null) {
            throw failure.ofMissingId();
        }
        try {
            return new ImageStore(engine.connection(), listener)
                    .inspect(ImageSelector.parse(name))
                    .imageId();
        } catch (InvalidReferenceException e) {
            throw new EngineException(
                    "could not find the image that was loaded into the Docker Engine",
                    "the Engine calls it " + name + ", which is no name (" + e.reason() + ")",
                    "Look into the Engine's log",
                    e);
        }
    }
}

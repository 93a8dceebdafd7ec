package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ArchiveSink;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ExportAnswer;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitEndpoint;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.EngineBuildKit;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.Workers;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;

/**
 * The BuildKit inside a Docker Engine.
 *
 * @param connection to the Engine
 * @param images the Engine's
 */
record EngineHost(EngineConnection connection, ImageStore images) implements Host {

    @Override
    public BuildKitEndpoint endpoint() {
        return new EngineBuildKit(connection);
    }

    @Override
    public ArchiveSink loading(Workers workers) {
        return null;
    }

    @Override
    public Digest imageId(ExportAnswer answer, SolveFailure failure) throws EngineException, InterruptedException {
        return new BuiltImageId(images).in(answer, failure);
    }
}

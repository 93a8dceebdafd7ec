package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ArchiveSink;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ExportAnswer;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitEndpoint;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.Workers;
import io.jenkins.plugins.containerbuild.engine.image.Digest;

/** The daemon that one build runs on, as far as the one inside a Docker Engine and one of its own differ. */
interface Host {

    /** How it is reached. */
    BuildKitEndpoint endpoint();

    /** Where base images come from. */
    default SolvePart sources() {
        return MirroredSources.NONE;
    }

    /**
     * Takes an image that is wanted in a Docker Engine. To be asked for only when one is.
     *
     * @param workers threads for it
     * @return null where the image is in the Engine by itself
     * @throws EngineException when there is no Engine
     * @throws InterruptedException when the thread was interrupted
     */
    ArchiveSink loading(Workers workers) throws EngineException, InterruptedException;

    /**
     * The id of the image that is in the Engine now.
     *
     * @param answer what the exporters answered
     * @param failure says what is wrong with an answer
     * @throws EngineException when it is not there
     * @throws InterruptedException when the thread was interrupted
     */
    Digest imageId(ExportAnswer answer, SolveFailure failure) throws EngineException, InterruptedException;
}

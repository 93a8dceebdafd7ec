package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;

/** The options of the command build that belong together; each topic reads its own. */
interface BuildTopic {

    /**
     * Puts what the command line says into the request.
     *
     * @param registries complete image names
     * @throws EngineException when an option cannot be read
     */
    void addTo(BuildRequest.Builder request, Registries registries) throws EngineException;
}

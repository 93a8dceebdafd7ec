package io.jenkins.plugins.containerbuild.engine;

import io.jenkins.plugins.containerbuild.engine.compose.ComposeProjects;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeRequest;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeService;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeStack;
import io.jenkins.plugins.containerbuild.engine.compose.DownRequest;
import java.util.List;

/**
 * Projects of Docker Compose beside a build, on one daemon: got from {@link ContainerEngine#compose}. The Docker Compose of
 * this machine is driven as a process; secrets are in its environment and its standard input alone. All calls block.
 */
public final class Compose {

    private final ComposeProjects projects;

    Compose(ComposeProjects projects) {
        this.projects = projects;
    }

    /**
     * Brings a project up and waits until its services are ready. One that does not come up is removed, with its volumes.
     *
     * @throws InvalidRequestException when there is no Docker Compose here, the files are wrong, ask for what they may not
     *     have, or the project is in use
     * @throws EngineException when an image cannot be had or a service is not ready in time; with the last lines of each
     *     service that failed
     * @throws InterruptedException when the thread was interrupted; the project is removed then
     */
    public ComposeStack up(ComposeRequest request) throws EngineException, InterruptedException {
        return projects.up(request);
    }

    /**
     * Ends a project and removes its containers, networks, the images that it built without a name and, unless they are to
     * be kept, its volumes. One that is gone already is passed over.
     *
     * @throws EngineException when it is somebody else's, or something of it is left
     * @throws InterruptedException when the thread was interrupted; what is left is removed by force
     */
    public void down(DownRequest request) throws EngineException, InterruptedException {
        projects.down(request);
    }

    /**
     * The containers of a project, by the names of their services.
     *
     * @throws EngineException when there are none
     * @throws InterruptedException when the thread was interrupted
     */
    public List<ComposeService> services(String project) throws EngineException, InterruptedException {
        return projects.services(project);
    }

    /**
     * Tells the last lines of each service, and writes all that they have printed into files, one for each.
     *
     * @param directory where, from the workspace; null for nowhere
     * @param workspace the directory that must not be left
     * @throws EngineException when the daemon does not tell
     * @throws InterruptedException when the thread was interrupted
     */
    public void keepLogs(String project, String directory, String workspace)
            throws EngineException, InterruptedException {
        projects.keepLogs(project, directory, workspace);
    }
}

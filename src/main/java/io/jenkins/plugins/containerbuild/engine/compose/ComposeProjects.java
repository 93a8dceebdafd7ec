package io.jenkins.plugins.containerbuild.engine.compose;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.container.ContainerStore;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import io.jenkins.plugins.containerbuild.engine.registry.ImagePuller;
import java.util.List;

/** The projects of Docker Compose on one daemon. */
public final class ComposeProjects {

    private final ComposeUp up;
    private final ComposeDown down;
    private final ProjectStore store;
    private final StackLogs logs;

    /**
     * @param connection the daemon
     * @param endpoint how it was found, for Docker Compose to find it, too
     * @param images its images
     * @param puller gets those that it does not have
     * @param listener told what happens
     */
    public ComposeProjects(
            EngineConnection connection,
            EndpointRequest endpoint,
            ImageStore images,
            ImagePuller puller,
            EngineListener listener) {
        this(
                connection,
                endpoint,
                new ComposeImages(images, puller, listener),
                listener,
                ComposeProgram.PLUGIN_FOLDERS);
    }

    /** @param pluginFolders where all users of the machine have plugins of the docker command */
    ComposeProjects(
            EngineConnection connection,
            EndpointRequest endpoint,
            ComposeImages images,
            EngineListener listener,
            List<String> pluginFolders) {
        up = new ComposeUp(connection, endpoint, images, listener, pluginFolders);
        down = new ComposeDown(connection, endpoint, listener, pluginFolders);
        store = new ProjectStore(connection);
        logs = new StackLogs(new ContainerStore(connection), listener);
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Compose#up}. */
    public ComposeStack up(ComposeRequest request) throws EngineException, InterruptedException {
        return up.run(request);
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Compose#down}. */
    public void down(DownRequest request) throws EngineException, InterruptedException {
        down.run(request);
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Compose#services}. */
    public List<ComposeService> services(String project) throws EngineException, InterruptedException {
        ProjectName.check(project);
        List<ComposeService> services = store.services(project);
        if (services.isEmpty()) {
            throw new InvalidRequestException(
                    "could not look at the project " + project,
                    "the daemon has no containers of it",
                    "Check its name and the daemon; a project that was made for a block is gone after it");
        }
        return services;
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Compose#keepLogs}. */
    public void keepLogs(String project, String directory, String workspace)
            throws EngineException, InterruptedException {
        List<ComposeService> services = store.services(project);
        logs.tell(services);
        logs.write(services, directory, workspace);
    }
}

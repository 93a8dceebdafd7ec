package io.jenkins.plugins.containerbuild.engine.compose;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.util.List;

/** Ends a project: politely by Docker Compose, and what is left then, for whatever reason, without it. */
final class ComposeDown {

    private final EngineConnection connection;
    private final EndpointRequest endpoint;
    private final EngineListener listener;
    private final List<String> pluginFolders;
    private final ProjectStore store;

    ComposeDown(
            EngineConnection connection,
            EndpointRequest endpoint,
            EngineListener listener,
            List<String> pluginFolders) {
        this.connection = connection;
        this.endpoint = endpoint;
        this.listener = listener;
        this.pluginFolders = pluginFolders;
        store = new ProjectStore(connection);
    }

    void run(DownRequest request) throws EngineException, InterruptedException {
        ProjectName.check(request.project());
        store.requireOwn(request.project(), request.controller());
        boolean interrupted = false;
        String left = null;
        try {
            byCompose(request);
        } catch (InterruptedException e) {
            interrupted = true;
            throw e;
        } finally {
            left = store.removeAfterwards(request.project(), request.keepVolumes(), interrupted);
        }
        if (left != null) {
            throw new EngineException(
                    "could not end the project " + request.project(), left, "Look into the daemon's log for more");
        }
    }

    private void byCompose(DownRequest request) throws EngineException, InterruptedException {
        try (ComposeRoom room = ComposeRoom.open(endpoint, connection.info(), request.environment())) {
            ComposeProgram program = ComposeProgram.find(room, pluginFolders);
            ComposeProcess.Ended ended =
                    new ComposeCalls(program, room, request.project(), listener).down(request.keepVolumes());
            if (!ended.succeeded()) {
                warn(request, ComposeFailure.said(ended.lines()));
            }
        } catch (EngineException e) {
            warn(request, e.getMessage());
        }
    }

    private void warn(DownRequest request, String why) {
        listener.on(new EngineEvent.Warning("Docker Compose could not end the project " + request.project()
                + ", so it is ended without it: " + why));
    }
}

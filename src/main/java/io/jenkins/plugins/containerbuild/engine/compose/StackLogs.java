package io.jenkins.plugins.containerbuild.engine.compose;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.container.ContainerStore;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.file.NewFile;
import io.jenkins.plugins.containerbuild.engine.file.TargetPlace;
import io.jenkins.plugins.containerbuild.engine.file.WriteTrouble;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** What the services of a project have printed, kept when something failed: all of it in files, its end in the log. */
final class StackLogs {

    private static final int SHOWN_LINES = 20;

    private final ContainerStore containers;
    private final EngineListener listener;

    StackLogs(ContainerStore containers, EngineListener listener) {
        this.containers = containers;
        this.listener = listener;
    }

    /** Tells the last lines of each service. */
    void tell(List<ComposeService> services) throws InterruptedException {
        for (ComposeService service : services) {
            List<String> lines = containers.lastLines(service.container().id(), SHOWN_LINES);
            listener.on(new EngineEvent.Note(
                    lines.isEmpty()
                            ? "The service " + service.shown() + " has printed nothing"
                            : "The last lines of the service " + service.shown() + ":"));
            lines.forEach(line -> listener.on(new EngineEvent.StepOutput("", service.shown() + " |", line)));
        }
    }

    /**
     * Writes a file for each service. What cannot be written is a warning: something else has failed already.
     *
     * @param directory where, a path from the workspace or an absolute one in it; null for nowhere
     * @param workspace the directory that must not be left; null for none
     */
    void write(List<ComposeService> services, String directory, String workspace) throws InterruptedException {
        if (directory == null || services.isEmpty()) {
            return;
        }
        try {
            for (ComposeService service : services) {
                write(service, Path.of(directory, service.shown() + ".log").toString(), workspace);
            }
            listener.on(new EngineEvent.Note("All that the services have printed is in " + directory));
        } catch (EngineException e) {
            listener.on(new EngineEvent.Warning(e.getMessage()));
        }
    }

    private void write(ComposeService service, String path, String workspace)
            throws EngineException, InterruptedException {
        WriteTrouble trouble = new WriteTrouble("the log of the service " + service.shown() + " to", "directory");
        NewFile file = new NewFile(TargetPlace.of(trouble, path, workspace));
        try {
            try (OutputStream output = file.open()) {
                containers.logs(service.container().id(), 0, output, output);
            }
            file.keep();
        } catch (IOException e) {
            throw file.explain(e);
        } finally {
            file.discard();
        }
    }
}

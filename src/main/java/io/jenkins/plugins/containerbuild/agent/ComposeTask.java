package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeRequest;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeStack;
import io.jenkins.plugins.containerbuild.engine.compose.DownRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;

/** Tasks for the projects of Docker Compose beside a build. */
public final class ComposeTask {

    private ComposeTask() {}

    /**
     * Brings a project up.
     *
     * @param request which project
     */
    public record BringUp(ComposeRequest request) implements EngineTask<ComposeStack> {
        @Override
        public ComposeStack run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.compose().up(request);
            }
        }
    }

    /**
     * Ends a project.
     *
     * @param project its name
     * @param controller whose it is
     * @param keepVolumes whether its named volumes stay
     * @param failed whether what its services have printed is of interest
     * @param logs the directory that gets it then
     * @param workspace the directory that must not be left for it
     */
    public record TakeDown(
            String project, String controller, boolean keepVolumes, boolean failed, String logs, String workspace)
            implements EngineTask<Boolean> {
        @Override
        public Boolean run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                try {
                    if (failed) {
                        keepLogs(engine, access);
                    }
                } finally {
                    engine.compose()
                            .down(new DownRequest(
                                    project,
                                    controller,
                                    keepVolumes,
                                    access.endpoint().environment()));
                }
                return true;
            }
        }

        private void keepLogs(ContainerEngine engine, EngineAccess access) throws InterruptedException {
            try {
                engine.compose().keepLogs(project, logs, workspace);
            } catch (EngineException e) {
                access.listener().on(new EngineEvent.Warning(e.getMessage()));
            }
        }
    }
}

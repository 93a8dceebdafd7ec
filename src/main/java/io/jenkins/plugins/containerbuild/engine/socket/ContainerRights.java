package io.jenkins.plugins.containerbuild.engine.socket;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Root in the agent's own container, by another endpoint of the daemon that runs it: what {@code docker exec -u 0} does.
 *
 * @param helper the endpoint
 * @param container the full id of the agent's container; that the daemon knows it tells that it is the right one
 */
record ContainerRights(EndpointRequest helper, String container) implements Rights {

    private static final int LARGEST_OUTPUT = 64 * 1024;
    private static final int NOT_RUN = -1;

    @Override
    public String name() {
        return "root in the container, by " + (helper.uri() == null ? "the helper of the environment" : helper.uri());
    }

    @Override
    public LocalCommand.Outcome run(List<String> command) throws InterruptedException {
        try (EngineConnection connection = EngineConnection.open(helper, event -> {})) {
            return connection.call(docker -> run(docker, command));
        } catch (EngineException e) {
            return new LocalCommand.Outcome(NOT_RUN, e.getMessage());
        } catch (DaemonRefusal e) {
            return new LocalCommand.Outcome(NOT_RUN, "the daemon refused it: " + e.getMessage());
        }
    }

    private LocalCommand.Outcome run(DockerClient docker, List<String> command) {
        String exec = docker.execCreateCmd(container)
                .withUser("0:0")
                .withEnv(List.of("LC_ALL=C"))
                .withCmd(command.toArray(String[]::new))
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        StringBuilder printed = new StringBuilder();
        try (ResultCallback.Adapter<Frame> output = docker.execStartCmd(exec).exec(new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                if (printed.length() < LARGEST_OUTPUT) {
                    printed.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                }
            }
        })) {
            if (!output.awaitCompletion(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return new LocalCommand.Outcome(NOT_RUN, "it did not end within " + LIMIT.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LocalCommand.Outcome(NOT_RUN, "interrupted");
        } catch (java.io.IOException e) {
            return new LocalCommand.Outcome(NOT_RUN, String.valueOf(e.getMessage()));
        }
        Long code = docker.inspectExecCmd(exec).exec().getExitCodeLong();
        return new LocalCommand.Outcome(
                code == null ? NOT_RUN : code.intValue(), printed.toString().strip());
    }
}

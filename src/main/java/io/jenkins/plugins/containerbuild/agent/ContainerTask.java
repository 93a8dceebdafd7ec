package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.Containers;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.container.Account;
import io.jenkins.plugins.containerbuild.engine.container.ContainerDetails;
import io.jenkins.plugins.containerbuild.engine.container.ContainerRequest;
import io.jenkins.plugins.containerbuild.engine.container.ExecRequest;
import io.jenkins.plugins.containerbuild.engine.container.Readiness;
import io.jenkins.plugins.containerbuild.engine.container.RunRequest;
import io.jenkins.plugins.containerbuild.engine.container.RunResult;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.network.NetworkDetails;
import io.jenkins.plugins.containerbuild.engine.network.NetworkRequest;
import io.jenkins.plugins.containerbuild.engine.socket.ContainerFacts;
import java.io.OutputStream;
import java.util.List;

/** Tasks for the containers and networks beside a build. */
public final class ContainerTask {

    private static final int SHOWN_LINES = 30;

    private ContainerTask() {}

    /**
     * Starts a container and waits until it is ready.
     *
     * @param request which container
     * @param readiness what to wait for
     */
    public record StartContainer(ContainerRequest request, Readiness readiness)
            implements EngineTask<ContainerDetails> {
        @Override
        public ContainerDetails run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.containers().start(request, readiness);
            }
        }
    }

    /**
     * Starts a container for the commands of a block, known to which the agent's own user is.
     *
     * @param request which container
     * @param workspace is mounted at its own path
     * @param current where commands start, in the workspace
     * @param temporary is mounted, too
     */
    public record StartWorkroom(ContainerRequest request, String workspace, String current, String temporary)
            implements EngineTask<ContainerDetails> {
        @Override
        public ContainerDetails run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                ContainerDetails started = engine.containers()
                        .startWorkroom(request, List.of(current, workspace, temporary), Account.ofThisProcess());
                ShellNeeds.check(engine.containers(), started);
                return started;
            }
        }
    }

    /**
     * Removes a container. One whose process had failed by then is told of, for a block that went on without it may have
     * succeeded for the wrong reason.
     *
     * @param id which one
     * @param failed whether its last lines are of interest in any case
     */
    public record EndContainer(String id, boolean failed) implements EngineTask<Boolean> {
        @Override
        public Boolean run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                try {
                    tellHowItWent(engine.containers(), access.listener());
                } finally {
                    engine.containers().remove(id);
                }
                return true;
            }
        }

        private void tellHowItWent(Containers containers, EngineListener listener)
                throws EngineException, InterruptedException {
            boolean died = toldOfItsEnd(containers.inspect(id), listener);
            if (failed || died) {
                listener.on(new EngineEvent.Note("The last lines of the container " + id.substring(0, 12) + ":"));
                containers.logs(id, SHOWN_LINES).lines().forEach(line -> listener.on(new EngineEvent.StepOutput(line)));
            }
        }

        private static boolean toldOfItsEnd(ContainerDetails container, EngineListener listener) {
            if (container.isRunning() || container.exitCode() == null || container.exitCode() == 0) {
                return false;
            }
            listener.on(new EngineEvent.Warning("The process of the container " + container.name()
                    + " ended with exit code " + container.exitCode() + " before its block did"));
            return true;
        }
    }

    /**
     * Runs one command to its end.
     *
     * @param request which command
     */
    public record RunContainer(RunRequest request) implements EngineTask<RunResult> {
        @Override
        public RunResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.containers().run(request);
            }
        }
    }

    /**
     * Runs a command in a running container.
     *
     * @param request which command
     */
    public record ExecInContainer(ExecRequest request) implements EngineTask<RunResult> {
        @Override
        public RunResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.containers().exec(request);
            }
        }
    }

    /**
     * Runs a command in a running container for a caller who takes all that it prints.
     *
     * @param request which command
     * @param output gets standard output; one that goes over the channel
     * @param error gets standard error
     */
    public record StreamExec(ExecRequest request, OutputStream output, OutputStream error)
            implements EngineTask<RunResult> {
        @Override
        public RunResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.containers().exec(request, output, error);
            }
        }
    }

    /**
     * Reads what a container has printed.
     *
     * @param container which one
     * @param tail how many of the last lines; 0 for all
     */
    public record ContainerLogs(String container, int tail) implements EngineTask<String> {
        @Override
        public String run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.containers().logs(container, tail);
            }
        }
    }

    /**
     * Makes a network.
     *
     * @param request which network
     * @param joinAgent whether the agent's own container joins it
     */
    public record CreateNetwork(NetworkRequest request, boolean joinAgent) implements EngineTask<NetworkDetails> {
        @Override
        public NetworkDetails run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                ContainerFacts self = ContainerFacts.ofThisProcess(System.getenv());
                if (joinAgent && self.id() == null) {
                    throw new InvalidRequestException(
                            "could not let the agent join a network",
                            "it is in no container, or in one whose id cannot be seen",
                            "Leave joinAgent out, and publish ports instead");
                }
                NetworkDetails network = engine.networks().create(request);
                if (!joinAgent) {
                    return network;
                }
                boolean joined = false;
                try {
                    engine.networks().connect(network.id(), self.id(), List.of());
                    joined = true;
                    return network;
                } finally {
                    if (!joined) {
                        engine.networks().remove(network.id());
                    }
                }
            }
        }
    }

    /**
     * Removes a network.
     *
     * @param id which one
     */
    public record RemoveNetwork(String id) implements EngineTask<Boolean> {
        @Override
        public Boolean run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                engine.networks().remove(id);
                return true;
            }
        }
    }
}

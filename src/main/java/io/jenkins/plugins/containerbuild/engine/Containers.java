package io.jenkins.plugins.containerbuild.engine;

import io.jenkins.plugins.containerbuild.engine.container.Account;
import io.jenkins.plugins.containerbuild.engine.container.Commands;
import io.jenkins.plugins.containerbuild.engine.container.ContainerDetails;
import io.jenkins.plugins.containerbuild.engine.container.ContainerRequest;
import io.jenkins.plugins.containerbuild.engine.container.ContainerRun;
import io.jenkins.plugins.containerbuild.engine.container.ContainerStart;
import io.jenkins.plugins.containerbuild.engine.container.ContainerStore;
import io.jenkins.plugins.containerbuild.engine.container.ExecRequest;
import io.jenkins.plugins.containerbuild.engine.container.LoggedCommand;
import io.jenkins.plugins.containerbuild.engine.container.Readiness;
import io.jenkins.plugins.containerbuild.engine.container.RunRequest;
import io.jenkins.plugins.containerbuild.engine.container.RunResult;
import io.jenkins.plugins.containerbuild.engine.container.Workroom;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.io.OutputStream;
import java.util.List;

/** The containers beside a build, on one daemon: got from {@link ContainerEngine#containers}. All calls block. */
public final class Containers {

    private final EngineListener listener;
    private final ContainerStore store;
    private final ContainerStart starting;
    private final ContainerRun running;
    private final Commands commands;
    private final Workroom workroom;

    Containers(EngineConnection connection, ContainerStart starting, EngineListener listener) {
        this.starting = starting;
        this.listener = listener;
        store = new ContainerStore(connection);
        running = new ContainerRun(connection, starting, listener);
        commands = new Commands(connection);
        workroom = new Workroom(connection, starting);
    }

    /**
     * Starts a container and waits until it is ready. One that does not become ready is removed, with its anonymous
     * volumes.
     *
     * @throws EngineException when it cannot be started or is not ready in time; with its last lines
     * @throws InterruptedException when the thread was interrupted; the container is removed then
     */
    public ContainerDetails start(ContainerRequest request, Readiness readiness)
            throws EngineException, InterruptedException {
        return starting.start(request, readiness);
    }

    /**
     * Runs a container's command to its end, and removes the container with its anonymous volumes.
     *
     * @throws EngineException when it cannot be started, does not end in time, or ends with an exit code that is a failure
     * @throws InterruptedException when the thread was interrupted; the container is removed then
     */
    public RunResult run(RunRequest request) throws EngineException, InterruptedException {
        return running.run(request);
    }

    /**
     * As the other one, for a caller who takes everything that is printed as it comes.
     *
     * @param output gets standard output; neither a file nor the result does
     * @param error gets standard error
     */
    public RunResult run(RunRequest request, OutputStream output, OutputStream error)
            throws EngineException, InterruptedException {
        return running.run(request, output, error);
    }

    /**
     * Starts a container for commands that are given one after the other by {@link #exec}.
     *
     * @param request its process is replaced by one that only waits; it keeps its user, if it names one
     * @param directories are mounted at their own paths; the first one is where commands start
     * @param account who the commands run as, unless the request names a user
     * @throws EngineException as with {@link #start}
     * @throws InterruptedException when the thread was interrupted
     */
    public ContainerDetails startWorkroom(ContainerRequest request, List<String> directories, Account account)
            throws EngineException, InterruptedException {
        return workroom.start(request, directories, account);
    }

    /**
     * Runs a command in a running container to its end; its lines are told, and the beginning of its standard output is
     * returned.
     *
     * @throws EngineException when it cannot be run, does not end in time, or ends with an exit code that is a failure
     * @throws InterruptedException when the thread was interrupted; the command may go on until its container ends
     */
    public RunResult exec(ExecRequest request) throws EngineException, InterruptedException {
        return new LoggedCommand(commands, listener).run(request);
    }

    /**
     * As the other one, for a caller who takes everything that is printed and judges the exit code.
     *
     * @param output gets standard output
     * @param error gets standard error
     */
    public RunResult exec(ExecRequest request, OutputStream output, OutputStream error)
            throws EngineException, InterruptedException {
        return commands.run(request, output, error);
    }

    /**
     * The last lines that a container has printed, each with its line end.
     *
     * @param tail how many; 0 for all of them
     * @throws EngineException when there is no such container
     * @throws InterruptedException when the thread was interrupted
     */
    public String logs(String container, int tail) throws EngineException, InterruptedException {
        return LoggedCommand.text(output -> store.logs(container, tail, output, output));
    }

    /**
     * What the daemon knows of a container.
     *
     * @param container id or name
     * @throws EngineException when there is no such container
     * @throws InterruptedException when the thread was interrupted
     */
    public ContainerDetails inspect(String container) throws EngineException, InterruptedException {
        return store.inspect(container);
    }

    /**
     * The containers that a controller's builds have made.
     *
     * @throws EngineException when the daemon does not tell
     * @throws InterruptedException when the thread was interrupted
     */
    public List<ContainerDetails> ownedBy(String controller) throws EngineException, InterruptedException {
        return store.ownedBy(controller);
    }

    /**
     * Ends a container and removes it with its anonymous volumes; one that is gone already is passed over.
     *
     * @throws EngineException when the daemon refuses
     * @throws InterruptedException when the thread was interrupted
     */
    public void remove(String container) throws EngineException, InterruptedException {
        store.remove(container);
    }
}

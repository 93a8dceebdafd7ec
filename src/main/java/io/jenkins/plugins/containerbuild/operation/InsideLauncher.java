package io.jenkins.plugins.containerbuild.operation;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Proc;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.RemoteOutputStream;
import hudson.util.NullStream;
import io.jenkins.plugins.containerbuild.agent.ContainerTask;
import io.jenkins.plugins.containerbuild.agent.EngineCall;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.container.ExecRequest;
import io.jenkins.plugins.containerbuild.engine.container.RunResult;
import io.jenkins.plugins.containerbuild.registries.BuildCredentials;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs commands in a container instead of on the agent itself. */
final class InsideLauncher extends Launcher.DecoratedLauncher {

    /** Ends every process that has all of the variables given as arguments. */
    private static final String KILL = "for process in /proc/[0-9]*; do"
            + " for variable in \"$@\"; do"
            + " tr '\\0' '\\n' <\"$process/environ\" 2>/dev/null | grep -qxF \"$variable\" || continue 2;"
            + " done; kill \"${process#/proc/}\" 2>/dev/null; done; true";

    private final Node node;
    private final InsideDecorator place;

    InsideLauncher(Launcher inner, Node node, InsideDecorator place) {
        super(inner);
        this.node = node;
        this.place = place;
    }

    @Override
    public Proc launch(ProcStarter starter) throws IOException {
        FilePath directory = starter.pwd();
        ExecRequest request = new ExecRequest(
                place.container(),
                expanded(starter),
                environment(starter.envs()),
                null,
                directory == null ? null : directory.getRemote(),
                null,
                true,
                true);
        if (!starter.quiet()) {
            maskedPrintCommandLine(starter.cmds(), starter.masks(), starter.pwd());
        }
        OutputStream output = starter.stdout();
        OutputStream error = starter.stderr();
        return InsideProc.start(
                this,
                request,
                output == null ? new NullStream() : output,
                error == null ? output == null ? new NullStream() : output : error);
    }

    /** As launchers on the agent itself do it: variables are replaced, and two dollars mean one. */
    private static List<String> expanded(ProcStarter starter) {
        EnvVars variables = new EnvVars();
        for (String variable : starter.envs()) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                variables.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        return starter.cmds().stream().map(variables::expand).toList();
    }

    /** Without what is the machine's and not the build's, or made of it: there is nothing of its PATH in the image. */
    private Map<String, String> environment(String[] variables) throws IOException {
        EnvVars machine = machine();
        Map<String, String> environment = new LinkedHashMap<>();
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                String name = variable.substring(0, equals);
                String value = variable.substring(equals + 1);
                String machines = machine.get(name);
                boolean isOfMachine =
                        name.equals("PATH") && machines != null ? value.contains(machines) : value.equals(machines);
                if (!isOfMachine) {
                    environment.put(name, value);
                }
            }
        }
        return environment;
    }

    private EnvVars machine() throws IOException {
        Computer computer = node.toComputer();
        if (computer == null) {
            return new EnvVars();
        }
        try {
            return computer.getEnvironment();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Runs it to its end, on a thread that may block. */
    RunResult run(ExecRequest request, OutputStream output, OutputStream error)
            throws EngineException, AbortException, InterruptedException {
        Run<?, ?> run = Run.fromExternalizableId(place.run());
        FilePath root = node.getRootPath();
        if (run == null || root == null) {
            throw new AbortException("could not run " + request.command().get(0)
                    + " in the container: its build or its agent " + node.getDisplayName() + " is gone");
        }
        ContainerBuildsConfiguration configuration = ContainerBuildsConfiguration.get();
        return new EngineCall(
                        configuration.endpointFor(place.server(), run, place.variables()),
                        configuration.registriesFor(run.getParent()),
                        new BuildCredentials(run),
                        BuildSecrets.NONE)
                .run(
                        new ContainerTask.StreamExec(
                                request, new RemoteOutputStream(output), new RemoteOutputStream(error)),
                        root,
                        TaskListener.NULL);
    }

    @Override
    public void kill(Map<String, String> modelEnvironment) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", KILL, "kill"));
        modelEnvironment.forEach((name, value) -> command.add(name + "=" + value));
        try {
            run(
                    new ExecRequest(place.container(), command, Map.of(), null, null, null, true, true),
                    new NullStream(),
                    new NullStream());
        } catch (EngineException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}

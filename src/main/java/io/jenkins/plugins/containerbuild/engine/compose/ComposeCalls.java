package io.jenkins.plugins.containerbuild.engine.compose;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Calls Docker Compose for one project; {@code docs.docker.com/reference/cli/docker/compose} has its options. */
final class ComposeCalls {

    private static final Duration CONFIG_LIMIT = Duration.ofMinutes(2);
    private static final Duration BUILD_LIMIT = Duration.ofDays(1);
    private static final Duration DOWN_LIMIT = Duration.ofMinutes(10);
    /** How many seconds a process is given to stop whose data go, too. */
    private static final String SHORT_STOP = "5";

    private final ComposeProgram program;
    private final ComposeRoom room;
    private final String project;
    private final EngineListener listener;

    ComposeCalls(ComposeProgram program, ComposeRoom room, String project, EngineListener listener) {
        this.program = program;
        this.room = room;
        this.project = project;
        this.listener = listener;
    }

    /** The project as its files, profiles and variables make it. */
    ComposeDocument config(List<Path> files, ComposeRequest request) throws EngineException, InterruptedException {
        String names = files.stream().map(Path::toString).collect(Collectors.joining(", "));
        String what = "could not read the Compose files " + names;
        List<String> command = command("--project-directory", directory(files));
        files.forEach(file -> command.addAll(List.of("--file", file.toString())));
        request.profiles().forEach(profile -> command.addAll(List.of("--profile", profile)));
        command.addAll(List.of("config", "--format", "json"));
        command.addAll(request.services());
        try {
            ComposeProcess.Ended ended = new ComposeProcess(room).capture(command, CONFIG_LIMIT);
            if (!ended.succeeded()) {
                throw ComposeFailure.unreadable(what, ended.lines());
            }
            warn(ended.lines());
            return ComposeDocument.read(what, ended.output());
        } catch (IOException e) {
            throw notRun(e);
        }
    }

    /** Variables that are not set, for example. */
    private void warn(List<String> lines) {
        for (String line : lines) {
            if (line.contains("level=warning")) {
                int message = line.indexOf("msg=");
                listener.on(new EngineEvent.Warning(message < 0 ? line : line.substring(message + "msg=".length())));
            }
        }
    }

    /** Relative paths are relative to the first file. */
    static String directory(List<Path> files) {
        Path parent = files.get(0).getParent();
        return parent == null ? "/" : parent.toString();
    }

    ComposeProcess.Ended build(ComposeDocument document, String directory, List<String> services)
            throws EngineException, InterruptedException {
        List<String> command = command("--project-directory", directory, "--file", "-", "build");
        command.addAll(services);
        return follow(command, document.bytes(), BUILD_LIMIT);
    }

    ComposeProcess.Ended up(ComposeDocument document, String directory, Duration limit)
            throws EngineException, InterruptedException {
        return follow(
                command("--project-directory", directory, "--file", "-", "up", "--detach", "--no-build"),
                document.bytes(),
                limit);
    }

    /** By the labels of what is there; no files are needed. */
    ComposeProcess.Ended down(boolean keepVolumes) throws EngineException, InterruptedException {
        List<String> command = command("down", "--remove-orphans", "--rmi", "local");
        if (!keepVolumes) {
            command.addAll(List.of("--volumes", "--timeout", SHORT_STOP));
        }
        return follow(command, new byte[0], DOWN_LIMIT);
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(program.command());
        command.addAll(List.of("--ansi", "never", "--project-name", project));
        command.addAll(List.of(arguments));
        return command;
    }

    private ComposeProcess.Ended follow(List<String> command, byte[] input, Duration limit)
            throws EngineException, InterruptedException {
        try {
            return new ComposeProcess(room)
                    .follow(command, input, line -> listener.on(new EngineEvent.StepOutput(line)), limit);
        } catch (IOException e) {
            throw notRun(e);
        }
    }

    private EngineException notRun(IOException e) {
        return new EngineException(
                "could not run " + String.join(" ", program.command()),
                String.valueOf(e.getMessage()),
                "Check that the program is one for this machine",
                e);
    }
}

package io.jenkins.plugins.containerbuild.testkit;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.core.command.WaitContainerResultCallback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A container of a test's engine for an agent: Debian with a Java, and the user jenkins (1000), who belongs to no group but
 * his own. Removed when it is closed.
 */
public final class AgentContainer implements AutoCloseable {

    /** The program java in there. */
    public static final String JAVA = "/opt/java/bin/java";

    /** The image; {@link #start} makes sure of it. */
    public static final String IMAGE = "agent:1";

    /** Its user, 1000. */
    public static final String JENKINS = "jenkins";

    private static final int PATIENCE_SECONDS = 180;
    /** Ends at once when it is told to, as a first process does not by itself. */
    private static final List<String> IDLE = List.of("sh", "-c", "trap exit TERM; sleep infinity & wait");

    private final TestEngine engine;
    private final String id;

    private AgentContainer(TestEngine engine, String id) {
        this.engine = engine;
        this.id = id;
    }

    /**
     * Puts the image into the engine, unless it is there.
     *
     * @throws org.opentest4j.TestAbortedException when this machine cannot have it; says what is missing
     */
    public static void provideImage(TestEngine engine) {
        if (!engine.hasImage(IMAGE)) {
            ScriptRun.run(Project.script("agent"), "image", engine.uri().getPath(), System.getProperty("java.home"));
        }
    }

    /** Starts one that does nothing by itself; the files are in its root directory. */
    public static AgentContainer start(TestEngine engine, HostConfig host, Path... files) {
        return start(engine, JENKINS, host, IDLE, files);
    }

    /** Starts one with a command of its own, as a user of its own; the files are in its root directory. */
    public static AgentContainer start(
            TestEngine engine, String user, HostConfig host, List<String> command, Path... files) {
        provideImage(engine);
        DockerClient client = engine.client();
        String id = client.createContainerCmd(IMAGE)
                .withHostConfig(host)
                .withUser(user)
                .withCmd(command)
                .exec()
                .getId();
        AgentContainer container = new AgentContainer(engine, id);
        for (Path file : files) {
            client.copyArchiveToContainerCmd(id)
                    .withHostResource(file.toString())
                    .withRemotePath("/")
                    .exec();
        }
        client.startContainerCmd(id).exec();
        return container;
    }

    /** One that somebody else has started; it is his to remove. */
    public static AgentContainer of(TestEngine engine, String id) {
        return new AgentContainer(engine, id);
    }

    /** Its full id. */
    public String id() {
        return id;
    }

    /** Runs a command as jenkins, with the groups that a new process of his gets. */
    public AgentMachine.Run run(List<String> command) {
        return run(JENKINS, command);
    }

    /** Runs a command as somebody else. */
    public AgentMachine.Run run(String user, List<String> command) {
        DockerClient client = engine.client();
        String exec = client.execCreateCmd(id)
                .withUser(user)
                .withEnv(List.of("HOME=/home/jenkins"))
                .withCmd(command.toArray(String[]::new))
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        Printed printed = new Printed();
        try (printed) {
            if (!client.execStartCmd(exec).exec(printed).awaitCompletion(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("did not end in time: " + command);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Long code = client.inspectExecCmd(exec).exec().getExitCodeLong();
        return new AgentMachine.Run(
                Objects.requireNonNull(code, "exit code").intValue(), printed.out.toString(), printed.err.toString());
    }

    /** As {@code docker restart}. */
    public void restart() {
        engine.client().restartContainerCmd(id).withtTimeout(0).exec();
    }

    /** Waits until its own command has ended. */
    public AgentMachine.Run await() {
        try (WaitContainerResultCallback end =
                engine.client().waitContainerCmd(id).exec(new WaitContainerResultCallback())) {
            int code = end.awaitStatusCode(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Printed printed = log();
            return new AgentMachine.Run(code, printed.out.toString(), printed.err.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Printed log() {
        Printed printed = new Printed();
        try (printed) {
            engine.client()
                    .logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .exec(printed)
                    .awaitCompletion(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return printed;
    }

    @Override
    public void close() {
        engine.client()
                .removeContainerCmd(id)
                .withForce(true)
                .withRemoveVolumes(true)
                .exec();
    }

    private static final class Printed extends ResultCallback.Adapter<Frame> {
        private final StringBuffer out = new StringBuffer();
        private final StringBuffer err = new StringBuffer();

        @Override
        public void onNext(Frame frame) {
            (frame.getStreamType() == StreamType.STDERR ? err : out)
                    .append(new String(frame.getPayload(), StandardCharsets.UTF_8));
        }
    }
}

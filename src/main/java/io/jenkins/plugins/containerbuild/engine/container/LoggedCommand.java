package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.io.IOException;
import java.io.OutputStream;

/** Runs a command in a container, tells its lines and keeps the beginning of its standard output. */
public final class LoggedCommand {

    private final Commands commands;
    private final EngineListener listener;

    /**
     * @param commands runs it
     * @param listener gets its lines
     */
    public LoggedCommand(Commands commands, EngineListener listener) {
        this.commands = commands;
        this.listener = listener;
    }

    /** Writes into a text. */
    public interface Writer {

        /** Does it. */
        void write(OutputStream output) throws EngineException, InterruptedException;
    }

    /** The beginning of what is written. */
    public static String text(Writer writer) throws EngineException, InterruptedException {
        CapturedText captured = new CapturedText();
        writer.write(captured);
        return captured.text();
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Containers#exec}. */
    public RunResult run(ExecRequest request) throws EngineException, InterruptedException {
        CapturedText captured = new CapturedText();
        EngineListener told = request.quiet() ? event -> {} : listener;
        try (Lines lines = new Lines(line -> told.on(new EngineEvent.StepOutput(line)));
                Lines errors = new Lines(line -> told.on(new EngineEvent.StepOutput(line)))) {
            RunResult ended = commands.run(request, new Both(captured, lines), errors);
            if (ended.exitCode() != 0 && !request.anyExitCode()) {
                throw new EngineException(
                        "could not run " + request.command().get(0) + " in the container " + request.container(),
                        "it ended with exit code " + ended.exitCode(),
                        "Look at its lines above; allow other exit codes if they are none of a failure");
            }
            return new RunResult(ended.exitCode(), captured.text(), captured.truncated(), ended.duration());
        }
    }

    /** Writes to two streams. */
    private static final class Both extends OutputStream {

        private final OutputStream first;
        private final OutputStream second;

        Both(OutputStream first, OutputStream second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void write(int value) throws IOException {
            first.write(value);
            second.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            first.write(bytes, offset, length);
            second.write(bytes, offset, length);
        }
    }
}

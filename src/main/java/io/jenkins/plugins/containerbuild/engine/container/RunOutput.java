package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.file.NewFile;
import io.jenkins.plugins.containerbuild.engine.file.TargetPlace;
import io.jenkins.plugins.containerbuild.engine.file.WriteTrouble;
import java.io.IOException;
import java.io.OutputStream;

/** Where what a command prints goes: its lines to the listener, its standard output into a file or a text as well. */
final class RunOutput extends OutputStream {

    private final CapturedText captured = new CapturedText();
    private final NewFile file;
    private final OutputStream kept;
    private final Lines lines;
    private final Lines errorLines;
    private final OutputStream errors;
    private IOException fileTrouble;

    private RunOutput(NewFile file, OutputStream kept, OutputStream errors, EngineListener listener) {
        this.file = file;
        this.kept = kept == null ? captured : kept;
        lines = new Lines(line -> listener.on(new EngineEvent.StepOutput(line)));
        errorLines = new Lines(line -> listener.on(new EngineEvent.StepOutput(line)));
        this.errors = errors == null ? errorLines : errors;
    }

    /** For a caller who takes everything as it comes. */
    static RunOutput to(OutputStream output, OutputStream errors) {
        return new RunOutput(null, output, errors, event -> {});
    }

    /**
     * Opens the file, if there is to be one.
     *
     * @throws EngineException when it may not or cannot be written
     */
    static RunOutput of(RunRequest request, EngineListener listener) throws EngineException {
        EngineListener told = request.quiet() ? event -> {} : listener;
        if (request.output() == null) {
            return new RunOutput(null, null, null, told);
        }
        NewFile file =
                new NewFile(TargetPlace.of(new WriteTrouble("the output", "file"), request.output(), request.root()));
        try {
            return new RunOutput(file, file.open(), null, told);
        } catch (IOException e) {
            throw file.explain(e);
        }
    }

    /** Gets standard output. */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            kept.write(bytes, offset, length);
        } catch (IOException e) {
            fileTrouble = e;
            throw e;
        }
        lines.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        if (file == null) {
            kept.flush();
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /** Gets standard error. */
    OutputStream errors() {
        return errors;
    }

    /** Fails when it was the file that could not be written. */
    void throwTrouble() throws EngineException {
        if (fileTrouble != null) {
            throw file.explain(fileTrouble);
        }
    }

    /** Ends the last lines, and puts the file into its place. */
    void keep() throws EngineException {
        lines.close();
        errorLines.close();
        if (file == null) {
            return;
        }
        try {
            kept.close();
        } catch (IOException e) {
            throw file.explain(e);
        }
        file.keep();
    }

    /** The beginning of standard output; empty when a file gets it. */
    String text() {
        return captured.text();
    }

    /** Whether there was more. */
    boolean truncated() {
        return captured.truncated();
    }

    /** Drops what was not kept. */
    @Override
    public void close() {
        if (file != null) {
            try {
                kept.close();
            } catch (IOException e) {
                System.getLogger(RunOutput.class.getName())
                        .log(System.Logger.Level.DEBUG, "closing an unfinished file failed", e);
            }
            file.discard();
        }
    }
}

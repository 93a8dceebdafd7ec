package io.jenkins.plugins.containerbuild.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A script of {@code dev} that does one thing and ends. */
final class ScriptRun {
    /** What scripts end with that this machine cannot have what is asked for. */
    private static final int CANNOT_HAVE = 3;

    private ScriptRun() {}

    /**
     * Runs it to its end.
     *
     * @return what it said
     * @throws Unavailable when this machine cannot have what is asked for; says why
     * @throws IllegalStateException when it fails; says what it said
     */
    static String run(Path script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int code = process.waitFor();
            if (code == CANNOT_HAVE) {
                throw new Unavailable(said);
            }
            if (code != 0) {
                throw new IllegalStateException(said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException("could not run " + script, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + script, e);
        }
    }
}

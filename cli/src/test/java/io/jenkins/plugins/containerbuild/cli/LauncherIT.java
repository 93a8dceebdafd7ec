package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code cli/container-build}, with a home directory of the test's own. */
@WithEngine
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it is a shell script")
class LauncherIT {

    @TempDir
    private Path folder;

    private record Run(int code, String out, String errors) {}

    @Test
    void buildsAndKeepsTheClassesForTheNextTime(TestEngine engine) throws Exception {
        Files.writeString(folder.resolve("Dockerfile"), "FROM base:1\n");

        Run first = run(engine, "build", "-t", "launched:1", ".");
        assertThat(first.code).as(first.errors).isZero();
        List<Path> archives = archives();
        assertThat(archives).hasSize(1);

        Run second = run(engine, "build", "-t", "launched:2", ".");
        assertThat(second.code).as(second.errors).isZero();
        assertThat(second.out).isEqualTo(first.out).startsWith("sha256:");
        assertThat(archives()).isEqualTo(archives);
    }

    @Test
    void theFirstBuildReadsStandardInputToo(TestEngine engine) throws Exception {
        Run first = runWithInput(engine, "FROM base:1\nLABEL read=yes\n", "build", "-t", "launched:3", "-f", "-", ".");

        assertThat(first.code).as(first.errors).isZero();
        assertThat(engine.client()
                        .inspectImageCmd("launched:3")
                        .exec()
                        .getConfig()
                        .getLabels())
                .containsEntry("read", "yes");
        assertThat(archives()).hasSize(1);
    }

    @Test
    void aFailedBuildKeepsItsExitCodeAndLeavesNoArchive(TestEngine engine) throws Exception {
        Files.writeString(folder.resolve("Dockerfile"), "FROM base:1\nRUN exit 7\n");

        Run failed = run(engine, "build", ".");

        assertThat(failed.code).isEqualTo(1);
        assertThat(failed.errors).contains("ERROR: could not build");
        assertThat(archives()).isEmpty();
    }

    @Test
    void otherCommandsMakeNoArchive(TestEngine engine) throws Exception {
        assertThat(run(engine, "info").out).contains(engine.version());
        assertThat(archives()).isEmpty();
    }

    private List<Path> archives() throws IOException {
        Path cache = folder.resolve("home/.cache/container-build");
        if (!Files.exists(cache)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(cache)) {
            return found.toList();
        }
    }

    private Run run(TestEngine engine, String... arguments) throws Exception {
        return runWithInput(engine, "", arguments);
    }

    private Run runWithInput(TestEngine engine, String input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of("container-build").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
        builder.environment()
                .put("HOME", Files.createDirectories(folder.resolve("home")).toString());
        builder.environment().remove("XDG_CACHE_HOME");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("DOCKER_HOST", engine.uri().toString());
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, Files.readString(errors));
    }
}

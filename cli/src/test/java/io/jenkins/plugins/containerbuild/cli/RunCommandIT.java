package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.engine.BackgroundCall;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command run, in this JVM, but where signals count. */
@WithEngine
class RunCommandIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private TestEngine daemon;
    private final String controller = "run-" + UUID.randomUUID();

    @BeforeEach
    void setUp(TestEngine engine) {
        daemon = engine;
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(containers()).isZero();
    }

    private int containers() {
        return daemon.client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Ownership.CONTROLLER, controller))
                .exec()
                .size();
    }

    private record Outcome(int code, byte[] bytes, String err) {

        String out() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                new PrintStream(out, true),
                new PrintStream(err, true),
                commandLine(arguments).toArray(String[]::new));
        return new Outcome(code, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    private List<String> commandLine(String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("--host", daemon.uri().toString(), "run", "--controller", controller));
        all.addAll(List.of(arguments));
        return all;
    }

    @Test
    void bytesAndExitCodeArePassedOn() {
        Outcome outcome = run("base:1", "sh", "-c", "printf '\\377\\000end'; printf oops >&2; exit 7");

        assertThat(outcome.code()).isEqualTo(7);
        assertThat(outcome.bytes()).containsExactly(0xff, 0, 'e', 'n', 'd');
        assertThat(outcome.err()).endsWith("oops");
    }

    @Test
    void whatFollowsTheImageIsTheContainers() {
        assertThat(run("base:1", "echo", "--user", "me", "--", "@file", "-v").out())
                .isEqualTo("--user me -- @file -v\n");
    }

    @Test
    void optionsAreThoseOfDockerRun() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("input"), "from here");
        String volume = "cb-run-" + UUID.randomUUID();

        Outcome outcome = run(
                "--rm",
                "--name",
                "run-" + controller,
                "-e",
                "WHO=me",
                "-u",
                "1234:1235",
                "-w",
                "/tmp",
                "-v",
                folder + ":/in:ro",
                "-v",
                volume + ":/named",
                "--mount",
                "type=tmpfs,target=/memory",
                "--add-host",
                "other:10.1.2.3",
                "-m",
                "64m",
                "--shm-size",
                "4m",
                "-l",
                "a=b",
                "--entrypoint",
                "sh",
                "base:1",
                "-c",
                "echo $WHO $(id -u):$(id -g) $(pwd) $(cat /in/input)"
                        + " $(grep -c -e ' /memory ' -e ' /named ' /proc/mounts) $(grep -c other /etc/hosts)"
                        + " $(df -m /dev/shm | tail -n 1 | awk '{print $2}')");

        assertThat(outcome.out()).as(outcome.err()).isEqualTo("me 1234:1235 /tmp from here 2 1 4\n");
        daemon.client().removeVolumeCmd(volume).exec();
    }

    @Test
    void jsonIsOneDocument() throws Exception {
        Outcome outcome = run("--json", "base:1", "sh", "-c", "echo text; exit 3");

        JsonNode document = new ObjectMapper().readTree(outcome.out());
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(document.path("exitCode").asInt()).isEqualTo(3);
        assertThat(document.path("output").asText()).isEqualTo("text\n");
        assertThat(document.path("truncated").asBoolean(true)).isFalse();
        assertThat(outcome.err()).contains("text");
    }

    @Test
    void mistakesHaveACodeThatNoCommandHas() {
        Outcome missing = run("--pull", "never", "team/missing:1");
        Outcome program = run("base:1", "no-such-program");
        Outcome time = run("--timeout", "soon", "base:1");
        Outcome alias = run("--network-alias", "db", "base:1");
        Outcome late = run("--timeout", "1s", "base:1", "sleep", "300");
        Outcome path = run("-v", folder.resolve("none") + "/../../..:relative", "base:1");

        assertThat(missing.err()).contains("has no such image");
        assertThat(program.err()).contains("Check the command");
        assertThat(time.err()).contains("could not read the option --timeout with 'soon'");
        assertThat(alias.err()).contains("the aliases db: it is in no network");
        assertThat(late.err()).contains("did not end within 1.0 seconds");
        assertThat(path.err()).contains("ERROR: could not read the volume");
        assertThat(List.of(missing, program, time, alias, late, path, run("--no-such-option"), run()))
                .extracting(Outcome::code)
                .containsOnly(RunCommand.NOT_RUN);
    }

    @Test
    void whoeverIsToldToEndRemovesTheContainerFirst() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                CommandJvm.QUICK,
                "-jar",
                Path.of(System.getProperty("containerbuild.cli.jar"))
                        .toAbsolutePath()
                        .toString()));
        command.addAll(commandLine("base:1", "sh", "-c", "echo begun; sleep 300"));
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
        BackgroundCall.await(PATIENCE, () -> out.toFile().length() > 0);

        process.destroy();

        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("err.txt")).content().contains("ERROR: interrupted");
    }

    @Test
    void everyOptionIsDocumented() throws Exception {
        String page = Files.readString(Path.of("../docs/command-line.md"));

        new CommandLine(new RunCommand())
                .getCommandSpec().options().stream()
                        .filter(option -> !option.usageHelp() && !option.versionHelp())
                        .forEach(option -> assertThat(page).contains("`" + option.longestName()));
    }
}

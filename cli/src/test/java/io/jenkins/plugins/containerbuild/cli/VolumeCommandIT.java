package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeKit;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands for volumes, in this JVM, but where memory counts. */
@WithEngine
class VolumeCommandIT {

    @TempDir
    private Path folder;

    private TestEngine daemon;
    private VolumeKit kit;
    private final String name = VolumeKit.newName();

    @BeforeEach
    void setUp(TestEngine engine) {
        daemon = engine;
        kit = VolumeKit.on(engine);
    }

    private record Outcome(int code, String out, String err) {

        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    private Outcome volume(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--host", daemon.uri().toString(), "volume"));
        all.addAll(List.of(arguments));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(new PrintStream(out, true), new PrintStream(err, true), all.toArray(String[]::new));
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void createsCopiesArchivesRestoresAndRemoves() throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("in")).resolve("file"), "content");
        String archive = folder.resolve("archive.tar.gz").toString();

        Outcome created =
                volume("create", "--json", "--name", name, "--owner", "1000:1001", "--label", "a=b", "--max-age", "7d");
        Outcome again = volume("create", "--name", name);
        Outcome copied =
                volume("copy", "--from", folder.resolve("in").toString(), "--to", name + ":/d", "--owner", "7:8");
        Outcome archived = volume("archive", "--name", name, "--file", archive, "--json");
        Outcome restored = volume("restore", "--name", name, "-f", archive);
        Outcome back = volume(
                "copy",
                "--from",
                name + ":/d/file",
                "--to",
                folder.resolve("out").toString());
        Outcome inspected = volume("inspect", name);
        Outcome listed = volume("ls", "--name", name, "--label", "a=b");
        Outcome quiet = volume("ls", "--name", name, "-q");
        Outcome removed = volume("rm", name, "--json");

        assertThat(created.code()).as(created.err()).isZero();
        assertThat(created.json().path("made").asBoolean()).isTrue();
        assertThat(created.json()
                        .path("labels")
                        .path("io.jenkins.plugins.containerbuild.controller")
                        .asText())
                .isEqualTo("command-line");
        assertThat(again.out()).isEqualTo(name + System.lineSeparator());
        assertThat(copied.out().strip()).isEqualTo("1 file, 7 B");
        assertThat(copied.err()).contains("Copied " + folder.resolve("in"));
        assertThat(archived.json().path("files").asInt()).isEqualTo(1);
        assertThat(archived.json().path("archiveBytes").asLong()).isEqualTo(Files.size(Path.of(archive)));
        assertThat(restored.code()).as(restored.err()).isZero();
        assertThat(back.code()).as(back.err()).isZero();
        assertThat(folder.resolve("out")).hasContent("content");
        assertThat(inspected.json().path("driver").asText()).isEqualTo("local");
        assertThat(listed.out()).contains("NAME", name, "IN USE BY");
        assertThat(quiet.out().strip()).isEqualTo(name);
        assertThat(removed.json().path("removed").get(0).path("name").asText()).isEqualTo(name);
        assertThat(kit.hasVolume(name)).isFalse();
        assertThat(kit.leftBehind()).isEmpty();
    }

    @Test
    void prunesOnlyItsOwn() throws Exception {
        String other = VolumeKit.newName();
        volume("create", "--name", name, "--label", "p=" + name);
        volume("create", "--name", other, "--label", "p=" + name, "--controller", "other");

        Outcome kept = volume("prune", "--label", "p=" + name, "--keep-bytes", "1g", "--json");
        Outcome pruned = volume("prune", "--label", "p=" + name, "--max-age", "0s");
        Outcome refused = volume("rm", other);
        Outcome forced = volume("rm", other, "--foreign");

        assertThat(kept.json().path("kept").get(0).path("reason").asText()).startsWith("not old enough");
        assertThat(pruned.out().strip()).isEqualTo(name);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("it was made by the controller other");
        assertThat(forced.code()).isZero();
    }

    @Test
    void mistakesAreSaidInOneMessage() {
        Outcome name = volume("create", "--name", "a/b");
        Outcome owner = volume("create", "--name", "ab", "--owner", "jenkins");
        Outcome age = volume("prune", "--max-age", "soon");
        Outcome places = volume("copy", "--from", "a", "--to", "b");
        Outcome missing = volume(
                "archive",
                "--name",
                "no-such-volume",
                "--file",
                folder.resolve("f").toString());

        assertThat(name.err()).contains("ERROR: could not use 'a/b' as a volume's name: it is a path");
        assertThat(owner.err()).contains("ERROR: could not read the owner 'jenkins'");
        assertThat(age.err()).contains("ERROR: could not read the option --max-age with 'soon'");
        assertThat(places.err()).contains("ERROR: could not copy a to b: neither is in a volume");
        assertThat(missing.err()).contains("has no volume no-such-volume");
        assertThat(List.of(name, owner, age, places, missing))
                .extracting(Outcome::code)
                .containsOnly(1);
        assertThat(volume().code()).isEqualTo(2);
        assertThat(volume("copy", "--from", "a").code()).isEqualTo(2);
    }

    @Test
    void everyOptionIsDocumented() throws Exception {
        String page = Files.readString(Path.of("../docs/volumes.md"));

        new CommandLine(new VolumeCommand())
                .getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().options().stream()
                        .filter(option -> !option.usageHelp() && !option.versionHelp())
                        .filter(option ->
                                option.group() == null && !option.longestName().equals("--json"))
                        .forEach(option -> assertThat(page).contains("`" + option.longestName() + "`")));
    }

    @Test
    void aGigabyteTakesNoMemory() throws Exception {
        volume("create", "--name", name);
        kit.sh(name, "0", "dd if=/dev/zero of=/v/large bs=1024k count=1024");

        small("archive", "--name", name, "--file", "large.tar.gz");
        kit.sh(name, "0", "rm /v/large");
        small("restore", "--name", name, "--file", "large.tar.gz");

        assertThat(kit.sh(name, "0", "stat -c %s /v/large")).isEqualTo(String.valueOf(1L << 30));
        volume("rm", name);
    }

    /** In a JVM of its own, with a heap that holds a hundredth of it. */
    private void small(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                CommandJvm.QUICK,
                "-jar",
                Path.of(System.getProperty("containerbuild.cli.jar"))
                        .toAbsolutePath()
                        .toString(),
                "--host",
                daemon.uri().toString(),
                "volume"));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }
}

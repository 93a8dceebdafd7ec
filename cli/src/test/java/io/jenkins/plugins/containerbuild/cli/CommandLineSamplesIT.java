package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.OpenSsh;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestCompose;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command lines that the documentation shows; only the registry's address and the account are others. */
@WithEngine
@WithRegistry(RegistryKind.PASSWORD)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the samples are shell scripts")
class CommandLineSamplesIT {

    private static final Path SAMPLES = Path.of("../src/test/resources/samples");

    /** Here the script keeps its archive of classes, which makes all its runs but the first one shorter. */
    @TempDir
    private static Path cache;

    @TempDir
    private Path folder;

    private TestEngine engine;
    private TestRegistry registry;
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void makeTheProject(TestEngine testEngine, TestRegistry testRegistry) throws IOException {
        engine = testEngine;
        registry = testRegistry;
        Files.copy(SAMPLES.resolve("project/Dockerfile"), folder.resolve("Dockerfile"));
        Files.writeString(folder.resolve("registries.yaml"), sample("registries.yaml"));
        Files.writeString(folder.resolve("password.txt"), TestRegistry.PASSWORD + "\n");
        Path command = folder.resolve("container-build");
        Files.writeString(
                command,
                "#!/bin/sh\nexec '%s' \"$@\"\n"
                        .formatted(Path.of("container-build").toAbsolutePath()));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void infoShowsTheDaemon() throws Exception {
        assertThat(run("info.sh")).contains(engine.version());
    }

    @Test
    void buildPrintsTheId() throws Exception {
        String id = run("build.sh").strip();

        assertThat(engine.imageId("team/app:1")).hasValue(id);
    }

    @Test
    void rulesNameTheImage() throws Exception {
        assertThat(run("tags.sh").lines().toList())
                .startsWith("team/app:1.4.2", "team/app:1.4", "team/app:latest")
                .last()
                .isEqualTo(engine.imageId("team/app:1.4.2").orElseThrow());
    }

    @Test
    void pushPrintsTheNameWithItsDigest() throws Exception {
        assertThat(run("build-and-push.sh").strip())
                .isEqualTo(registry.address() + "/team/app:1@" + digest("team/app", "1"));
    }

    @Test
    void theChosenRegistryCompletesTheName() throws Exception {
        assertThat(run("registries.sh").strip())
                .isEqualTo(registry.address() + "/team/app:2@" + digest("team/app", "2"));
    }

    @Test
    void theFileForConfigurationAsCodeServesAsWell() throws Exception {
        Files.writeString(folder.resolve("registries.yaml"), sample("jenkins.yaml"));

        assertThat(run("registries.sh").strip()).isEqualTo(registry.address() + "/app:2@" + digest("app", "2"));
    }

    @Test
    void tagsPushesPullsAndInspects() throws Exception {
        run("build.sh");

        assertThat(run("others.sh")).contains(digest("team/app", "stable"), "\"version\" : \"1\"");
    }

    @Test
    @WithEngine(EngineKind.ENGINE_NEWEST)
    void checkPrintsHowManyFindingsThereAre() throws Exception {
        assertThat(run("check.sh").strip()).isEqualTo("Check complete, nothing was found");
    }

    @Test
    void compactProgressChangesNothingOfTheResult() throws Exception {
        String id = run("progress.sh").strip();

        assertThat(engine.imageId("team/app:1")).hasValue(id);
    }

    @Test
    void secretsAndKeysAreLentToInstructions() throws Exception {
        Files.copy(SAMPLES.resolve("project/Dockerfile.secrets"), folder.resolve("Dockerfile.secrets"));
        Files.writeString(folder.resolve("token.txt"), "a token");
        OpenSsh.in(folder).key("deploy_key", "", "-t", "ed25519");

        String id = run("secrets.sh").strip();

        assertThat(engine.imageId("team/app:secrets")).hasValue(id);
    }

    @Test
    void filesAreWrittenWhereTheOutputSays() throws Exception {
        copyTheProject();

        run("outputs.sh");

        assertThat(folder.resolve("out/app/Dockerfile.release")).exists();
        assertThat(folder.resolve("files.tar")).isNotEmptyFile();
    }

    @Test
    @WithEngine(EngineKind.ENGINE_26_CONTAINERD)
    void severalPlatformsAreOneIndex() throws Exception {
        copyTheProject();

        run("platforms.sh");

        JsonNode result =
                new ObjectMapper().readTree(folder.resolve("result.json").toFile());
        assertThat(result.path("digest").asText()).isEqualTo(digest("team/app", "platforms"));
        assertThat(result.path("platforms").path("linux/arm64").asText()).startsWith("sha256:");
        assertThat(result.path("attestations"))
                .hasSize(2)
                .allSatisfy(attestation -> assertThat(attestation
                                .path("statement")
                                .path("predicateType")
                                .asText())
                        .startsWith("https://slsa.dev/provenance/"));
        assertThat(result.path("imageId").isNull()).isTrue();
        assertThat(result.path("outputs").get(0).asText()).endsWith("image.tar");
    }

    @Test
    void mergePrintsTheNameWithItsDigest() throws Exception {
        copyTheProject();
        for (String architecture : new String[] {"amd64", "arm64"}) {
            Path script = folder.resolve("agent-" + architecture + ".sh");
            Files.writeString(
                    script,
                    "container-build build -f Dockerfile.files --platform linux/%s -t %s/team/app:1-%s --push --username %s --password-stdin . < password.txt\n"
                            .formatted(architecture, registry.address(), architecture, TestRegistry.USERNAME));
            runs(script);
        }

        assertThat(run("merge.sh").strip()).isEqualTo(registry.address() + "/team/app:1@" + digest("team/app", "1"));
    }

    @Test
    void imagesAreCopiedInRegistries() throws Exception {
        run("build-and-push.sh");

        assertThat(run("copy.sh").lines())
                .containsExactly(
                        registry.address() + "/team/app:stable@" + digest("team/app", "1"),
                        registry.address() + "/releases/app:1@" + digest("team/app", "1"));
        String digest = digest("team/app", "1");
        assertThat(run("inspect.sh")).contains(digest, "linux/amd64");
        assertThat(run("images.sh").lines()).containsExactly("stable", digest);
        assertThat(registry.manifestDigest("releases/app", "1")).isEmpty();
    }

    @Test
    void volumesAreFilledArchivedAndRemoved() throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("repository")).resolve("app.jar"), "a jar");

        assertThat(run("volumes.sh")).contains("m2-cache", "1 file");
        run("volume-archive.sh");
        assertThat(folder.resolve("out/app.jar")).hasContent("a jar");
        assertThat(run("volume-prune.sh")).startsWith("m2-copy");

        engine.client().removeVolumeCmd("m2-cache").exec();
    }

    @Test
    void aCommandRunsInAContainer() throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("sources")).resolve("rows.csv"), "1,2,3");
        engine.commitImage(
                "printf '#!/bin/sh\\nls; touch /out/done; echo \"$@\"\\n' >/bin/report; chmod +x /bin/report",
                "team/report",
                "1",
                "report");

        assertThat(run("run.sh")).isEmpty();

        assertThat(folder.resolve("report.json")).hasContent("rows.csv\n--json");
        engine.client().removeVolumeCmd("results").exec();
    }

    @Test
    void aComposeFileComesUpAndIsEnded() throws Exception {
        variables.putAll(TestCompose.find().variables());
        engine.makeMongoImages();
        Files.writeString(folder.resolve("docker-compose.yaml"), sample("docker-compose.yaml"));

        assertThat(run("compose.sh").lines().toList())
                .anyMatch(line -> line.equals("mongo running healthy"))
                .anyMatch(line -> line.startsWith("mongo-express running 127.0.0.1:"))
                .anyMatch(line -> line.matches("127\\.0\\.0\\.1:\\d+"))
                .contains("waiting for connections");

        assertThat(engine.client()
                        .listVolumesCmd()
                        .withFilter("label", List.of("com.docker.compose.project"))
                        .exec()
                        .getVolumes())
                .isNullOrEmpty();
    }

    private void copyTheProject() throws IOException {
        Files.copy(SAMPLES.resolve("project/Dockerfile.files"), folder.resolve("Dockerfile.files"));
        Path app = Files.createDirectory(folder.resolve("app"));
        Files.copy(SAMPLES.resolve("project/app/Dockerfile.release"), app.resolve("Dockerfile.release"));
    }

    @Test
    void jsonIsOneDocument() throws Exception {
        run("json.sh");

        JsonNode result =
                new ObjectMapper().readTree(folder.resolve("result.json").toFile());
        assertThat(result.path("imageId").asText()).startsWith("sha256:");
    }

    private String digest(String repository, String tag) {
        return registry.manifestDigest(repository, tag).orElseThrow();
    }

    private String sample(String name) throws IOException {
        return Files.readString(SAMPLES.resolve(name))
                .replace("registry.example:5000", registry.address())
                .replace("--username builder", "--username " + TestRegistry.USERNAME);
    }

    /** What the script prints on standard output. */
    private String run(String name) throws Exception {
        return runs(Files.writeString(folder.resolve(name), sample(name)));
    }

    private String runs(Path script) throws Exception {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "-eu", script.toString())
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment()
                .putAll(Map.of(
                        "DOCKER_HOST",
                        engine.uri().toString(),
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "XDG_CACHE_HOME",
                        cache.toString(),
                        "PATH",
                        folder + ":" + builder.environment().get("PATH")));
        builder.environment().putAll(variables);
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        return Files.readString(out);
    }
}

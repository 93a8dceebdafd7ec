package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the shell scripts of the pages about contexts and caches, on a daemon that has all of it. */
@WithEngine(EngineKind.ENGINE_26_CONTAINERD)
@WithRegistry(RegistryKind.PASSWORD)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the samples are shell scripts")
class CacheSamplesIT {

    private static final Path SAMPLES = Path.of("../src/test/resources/samples");

    /** Here the script keeps its archive of classes, which makes all its runs but the first one shorter. */
    @TempDir
    private static Path cache;

    @TempDir
    private Path folder;

    private TestEngine engine;
    private TestRegistry registry;

    @BeforeEach
    void makeTheProject(TestEngine testEngine, TestRegistry testRegistry) throws Exception {
        engine = testEngine;
        registry = testRegistry;
        Files.copy(SAMPLES.resolve("project/Dockerfile"), folder.resolve("Dockerfile"));
        Files.writeString(folder.resolve("password.txt"), TestRegistry.PASSWORD + "\n");
        Path command = folder.resolve("container-build");
        Files.writeString(
                command,
                "#!/bin/sh\nexec '%s' \"$@\"\n"
                        .formatted(Path.of("container-build").toAbsolutePath()));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aDockerfileFromStandardInputUsesAFurtherDirectory() throws Exception {
        assertThat(run("contexts.sh")).contains("Release 1");
    }

    @Test
    void aBranchKeepsItsCacheInTheRegistry() throws Exception {
        String log = run("cache.sh");

        assertThat(log).containsPattern("Exported the cache to .*/team/app:cache-feature-login-[0-9a-f]{8}, ");
        assertThat(registry.manifestDigest("team/app", "1")).isPresent();
    }

    @Test
    void aDirectoryKeepsTheCache() throws Exception {
        Files.writeString(folder.resolve(".dockerignore"), "cache\n");

        assertThat(run("cache-directory.sh")).contains("There is no cache in cache yet");
        assertThat(folder.resolve("cache/index.json")).exists();
        assertThat(run("cache-directory.sh")).doesNotContain("There is no cache");
    }

    /** What the script says on standard error. */
    private String run(String name) throws Exception {
        Path script = Files.writeString(
                folder.resolve(name),
                Files.readString(SAMPLES.resolve(name))
                        .replace("registry.example:5000", registry.address())
                        .replace("--username builder", "--username " + TestRegistry.USERNAME));
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "-eu", script.toString())
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
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
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        return Files.readString(err);
    }
}

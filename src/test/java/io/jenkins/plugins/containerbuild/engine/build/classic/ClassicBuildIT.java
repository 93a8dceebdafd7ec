package io.jenkins.plugins.containerbuild.engine.build.classic;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.build.BuildStep;
import io.jenkins.plugins.containerbuild.engine.build.Ulimit;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageDetails;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithEngine
class ClassicBuildIT {

    @TempDir
    private Path folder;

    private static BuildRequest.Builder request(Path context) {
        return BuildRequest.of(context.toString());
    }

    private static BuildResult build(TestEngine daemon, BuildRequest request) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            return under.engine().build(request);
        }
    }

    private static String output(TestEngine daemon, BuildRequest request) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            under.engine().build(request);
            return String.join(
                    "\n",
                    under.events(EngineEvent.StepOutput.class).stream()
                            .map(EngineEvent.StepOutput::line)
                            .toList());
        }
    }

    @Test
    void tellsTheFactsOfWhatItBuilt(TestEngine daemon) throws Exception {
        String unique = UUID.randomUUID().toString();
        dockerfile(folder, "FROM base:1", "RUN echo " + unique + " > /unique", "COPY . /src");
        List<ImageReference> tags = List.of(ImageReference.parse("facts:1"), ImageReference.parse("facts:2"));

        BuildResult first = build(daemon, request(folder).tags(tags).build());
        BuildResult second = build(daemon, request(folder).tags(tags).build());

        assertThat(first.tags()).isEqualTo(tags);
        assertThat(first.digest()).isNull();
        assertThat(first.pushed()).isEmpty();
        assertThat(first.layerCount()).isEqualTo(3);
        assertThat(first.sizeBytes()).isGreaterThan(100_000);
        assertThat(first.duration()).isPositive();
        assertThat(first.steps())
                .extracting(BuildStep::name)
                .containsExactly("FROM base:1", "RUN echo " + unique + " > /unique", "COPY . /src");
        assertThat(first.steps()).noneMatch(BuildStep::cached);
        assertThat(second.imageId()).isEqualTo(first.imageId());
        assertThat(second.steps()).extracting(BuildStep::cached).containsExactly(false, true, true);
        assertThat(daemon.imageId("facts:1")).hasValue(first.imageId().toString());
        assertThat(daemon.imageId("facts:2")).hasValue(first.imageId().toString());
    }

    @Test
    void handsOnEveryOption(TestEngine daemon) throws Exception {
        dockerfile(
                folder,
                "FROM base:1 AS first",
                "ARG GREETING",
                "RUN echo greeting=$GREETING; cat /etc/hosts; ulimit -n; df /dev/shm; ls /sys/class/net",
                "FROM base:1 AS second",
                "RUN false");

        BuildRequest request = request(folder)
                .tags(List.of(ImageReference.parse("options:1")))
                .target("first")
                .buildArgs(Map.of("GREETING", "a value with ' \" $ & and \u00e4"))
                .labels(Map.of("com.example.a", "1 & 2", "com.example.b", ""))
                .platforms(List.of(Platform.parse("linux/amd64")))
                .network("none")
                .addHosts(List.of("one.example:10.1.2.3", "two.example:10.1.2.4"))
                .shmSize(33_554_432L)
                .ulimits(List.of(new Ulimit("nofile", 123, 456)))
                .noCache(true)
                .build();
        String output = output(daemon, request);

        assertThat(output)
                .contains("greeting=a value with ' \" $ & and \u00e4")
                .contains("10.1.2.3\tone.example")
                .contains("10.1.2.4\ttwo.example")
                .contains("\n123\n")
                .containsPattern("(?m)^shm +32768 ")
                .contains("lo")
                .doesNotContain("eth0");
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            ImageDetails image = under.engine().inspect(ImageSelector.parse("options:1"));
            assertThat(image.labels()).containsEntry("com.example.a", "1 & 2").containsEntry("com.example.b", "");
            assertThat(image.os()).isEqualTo("linux");
        }
    }

    @Test
    void takesCachedLayersOnlyFromTheImagesNamed(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN echo " + UUID.randomUUID());
        List<ImageReference> tags = List.of(ImageReference.parse("cache-source:1"));
        build(daemon, request(folder).tags(tags).build());

        BuildResult named = build(
                daemon, request(folder).cacheFrom(List.of(CacheOption.registry("cache-source:1"))).build());
        BuildResult other =
                build(daemon, request(folder).cacheFrom(List.of(CacheOption.registry("base:1"))).build());

        assertThat(named.steps()).extracting(BuildStep::cached).containsExactly(false, true);
        assertThat(other.steps()).extracting(BuildStep::cached).containsExactly(false, false);
    }

    @Test
    void neverTellsTheValueOfABuildArgument(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "ARG TOKEN", "RUN test -n \"$TOKEN\"");

        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            under.engine()
                    .build(request(folder).buildArgs(Map.of("TOKEN", "hunter2")).build());

            assertThat(under.log()).contains("ARG TOKEN").doesNotContain("hunter2");
        }
    }

    @Test
    void sendsWhatTheIgnoreFileLeaves(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "COPY . /src", "RUN find /src -type f | sort");
        Files.write(folder.resolve(".dockerignore"), List.of("# not this", "*.log", "!keep.log", "node_modules"));
        Files.writeString(folder.resolve("a.log"), "x");
        Files.writeString(folder.resolve("keep.log"), "x");
        Files.createDirectories(folder.resolve("node_modules/deep"));
        Files.writeString(folder.resolve("node_modules/deep/file"), "x");
        Files.writeString(folder.resolve("app.js"), "x");

        assertThat(output(daemon, request(folder).build()))
                .contains("/src/app.js", "/src/keep.log", "/src/.dockerignore")
                .doesNotContain("a.log\n", "node_modules");
    }

    @Test
    void takesADockerfileFromOutsideTheContextAndLeavesItOutOfTheImage(TestEngine daemon) throws Exception {
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("app.js"), "x");
        Path elsewhere = folder.resolve("build.dockerfile");
        Files.write(elsewhere, List.of("FROM base:1", "COPY . /src", "RUN find /src -type f"));

        String output =
                output(daemon, request(context).file(elsewhere.toString()).build());

        assertThat(output).contains("/src/app.js").doesNotContain("dockerfile");
    }

    @Test
    void keepsModesAndLinks(TestEngine daemon) throws Exception {
        dockerfile(
                folder,
                "FROM base:1",
                "COPY . /src",
                "RUN ls -ln /src/run.sh; readlink /src/link; cat '/src/\u00e4 file'");
        Path script = Files.writeString(folder.resolve("run.sh"), "x");
        assertThat(script.toFile().setExecutable(true, false)).isTrue();
        Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/passwd"));
        Files.writeString(folder.resolve("\u00e4 file"), "named with an umlaut");

        assertThat(output(daemon, request(folder).build()))
                .containsPattern("-rwxr-xr-x +1 0 +0 ")
                .contains("/etc/passwd")
                .contains("named with an umlaut");
    }

    @Test
    void aFailedInstructionIsNamedWithItsLastLines(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN seq 1 100; echo the end; exit 7");

        assertThatThrownBy(() -> build(
                        daemon,
                        request(folder)
                                .tags(List.of(ImageReference.parse("failing:1")))
                                .build()))
                .isInstanceOfSatisfying(BuildFailedException.class, failure -> {
                    assertThat(failure.instruction()).isEqualTo("RUN seq 1 100; echo the end; exit 7");
                    assertThat(failure.lastLines())
                            .hasSize(30)
                            .contains("100", "the end")
                            .doesNotContain("70");
                })
                .hasMessageContaining("could not build failing:1")
                .hasMessageContaining("non-zero code: 7");
        assertThat(daemon.hasImage("failing:1")).isFalse();
    }

    @Test
    void standardErrorIsOutputToo(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN echo only on standard error >&2; exit 1");

        assertThatThrownBy(() -> build(daemon, request(folder).build()))
                .isInstanceOfSatisfying(
                        BuildFailedException.class,
                        failure -> assertThat(failure.lastLines()).containsExactly("only on standard error"));
    }

    @Test
    void aBrokenDockerfileIsTheRequestsFault(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "FRMO base:2");

        assertThatThrownBy(() -> build(daemon, request(folder).build()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("unknown instruction: FRMO");
    }

    @Test
    void anEmptyDockerfileIsAnError(TestEngine daemon) throws Exception {
        dockerfile(folder);

        assertThatThrownBy(() -> build(daemon, request(folder).build()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("could not build the image");
    }

    @Test
    void aMissingBaseImageIsNamed(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM 127.0.0.1:1/nothing:1");

        assertThatThrownBy(() -> build(daemon, request(folder).build()))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("connection refused")
                .hasMessageContaining("could not be reached");
    }

    @Test
    void anUnknownTargetIsAnError(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1");

        assertThatThrownBy(() -> build(daemon, request(folder).target("none").build()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("none");
    }

    @Test
    void aContextOutsideTheRootIsRefusedBeforeAnythingIsSent(TestEngine daemon) throws Exception {
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        dockerfile(folder.resolve("secret"), "FROM base:1");

        for (String context : List.of(
                workspace.resolve("../secret").toString(),
                folder.resolve("secret").toString())) {
            assertThatThrownBy(() -> build(
                            daemon,
                            BuildRequest.of(context).root(workspace.toString()).build()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("secret");
        }
    }

    @Test
    void aContextThatChangesUnderWayIsSaidSo(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1");
        Path growing = folder.resolve("a large file");
        try (RandomAccessFile large = new RandomAccessFile(growing.toFile(), "rw")) {
            large.setLength(8L << 30);
        }

        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            Thread meddler = new Thread(() -> {
                while (under.events(EngineEvent.ContextSent.class).isEmpty()) {
                    Thread.onSpinWait();
                }
                try (RandomAccessFile large = new RandomAccessFile(growing.toFile(), "rw")) {
                    large.setLength(1);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            meddler.start();

            assertThatThrownBy(() -> under.engine().build(request(folder).build()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageStartingWith("could not send 'a large file' of the build context " + folder)
                    .hasMessageContaining("it shrank from");
            meddler.join();
        }
    }

    @Test
    void aLinkOutOfTheWorkspaceIsNoContext(TestEngine daemon) throws Exception {
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        Path secret = dockerfile(folder.resolve("secret"), "FROM base:1");
        Files.createSymbolicLink(workspace.resolve("innocent"), secret);

        assertThatThrownBy(() -> build(
                        daemon,
                        request(workspace.resolve("innocent"))
                                .root(workspace.toString())
                                .build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("innocent");
    }

    @Test
    void pushingNeedsATag(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1");

        assertThatThrownBy(() -> build(daemon, request(folder).push(true).build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no tags");
    }
}

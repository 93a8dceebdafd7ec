package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.build.BuildStep;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageDetails;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.PushRequest;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds on every daemon that has BuildKit; its subclasses name the daemons. */
abstract class BuildKitBuilds {

    @TempDir
    Path folder;

    static BuildRequest.Builder request(Path context) {
        return BuildRequest.of(context.toString());
    }

    static BuildResult build(TestEngine daemon, BuildRequest request) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            return under.engine().build(request);
        }
    }

    static String output(TestEngine daemon, BuildRequest request) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
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
        List<ImageReference> tags = List.of(ImageReference.parse("kitfacts:1"), ImageReference.parse("kitfacts:2"));

        BuildResult first = build(daemon, request(folder).tags(tags).build());
        BuildResult second = build(daemon, request(folder).tags(tags).build());

        assertThat(first.tags()).isEqualTo(tags);
        assertThat(first.layerCount()).isEqualTo(3);
        assertThat(first.sizeBytes()).isGreaterThan(100_000);
        assertThat(first.steps())
                .extracting(BuildStep::name)
                .anyMatch(name -> name.startsWith("[1/3] FROM "))
                .contains("[2/3] RUN echo " + unique + " > /unique", "[3/3] COPY . /src");
        assertThat(first.steps()).filteredOn(BuildStep::cached).hasSizeLessThan(2);
        assertThat(second.imageId()).isEqualTo(first.imageId());
        assertThat(second.steps())
                .filteredOn(step -> !step.name().startsWith("[1/3]"))
                .hasSize(2)
                .allMatch(BuildStep::cached);
        assertThat(daemon.imageId("kitfacts:1")).hasValue(first.imageId().toString());
        assertThat(daemon.imageId("kitfacts:2")).hasValue(first.imageId().toString());
    }

    @Test
    void buildsWithoutATag(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN echo " + UUID.randomUUID() + " > /unique");

        BuildResult result = build(daemon, request(folder).build());

        assertThat(daemon.hasImage(result.imageId().toString())).isTrue();
    }

    @Test
    void handsOnTheOptions(TestEngine daemon) throws Exception {
        dockerfile(
                folder,
                "FROM base:1 AS first",
                "ARG GREETING",
                "RUN echo greeting=$GREETING; cat /etc/hosts; ls /sys/class/net; echo end",
                "FROM base:1 AS second",
                "RUN false");

        String output = output(
                daemon,
                request(folder)
                        .tags(List.of(ImageReference.parse("kitoptions:1")))
                        .target("first")
                        .buildArgs(Map.of("GREETING", "a value with ' \" $ & and \u00e4"))
                        .labels(Map.of("com.example.a", "1 & 2", "com.example.b", ""))
                        .platforms(List.of(Platform.parse("linux/amd64")))
                        .network("none")
                        .addHosts(List.of("one.example:10.1.2.3", "two.example:10.1.2.4"))
                        .noCache(true)
                        .build());

        assertThat(output)
                .contains("greeting=a value with ' \" $ & and \u00e4")
                .contains("10.1.2.3\tone.example")
                .contains("10.1.2.4\ttwo.example")
                .contains("lo")
                .doesNotContain("eth0");
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            ImageDetails image = under.engine().inspect(ImageSelector.parse("kitoptions:1"));
            assertThat(image.labels()).containsEntry("com.example.a", "1 & 2").containsEntry("com.example.b", "");
            assertThat(image.os()).isEqualTo("linux");
        }
    }

    @Test
    void usesTheHostsNetworkWhenAsked(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN cat /proc/net/dev; echo " + UUID.randomUUID());

        String output = output(daemon, request(folder).network("host").build());

        // Those of containers that come and go meanwhile aside.
        assertThat(NetworkInterface.networkInterfaces()
                        .map(NetworkInterface::getName)
                        .filter(name -> !name.startsWith("veth")))
                .isNotEmpty()
                .allMatch(output::contains);
    }

    @Test
    void refusesANetworkThatBuildKitCannotUse(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1");

        assertThatThrownBy(() -> build(daemon, request(folder).network("mine").build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'mine'");
    }

    @Test
    void keepsACacheMountBetweenBuilds(TestEngine daemon) throws Exception {
        String cache = UUID.randomUUID().toString();
        dockerfile(
                folder,
                "FROM base:1",
                "ARG RUN",
                "RUN --mount=type=cache,id=" + cache + ",target=/cache echo $RUN >> /cache/runs; cat /cache/runs");

        build(daemon, request(folder).buildArgs(Map.of("RUN", "first")).build());
        String output = output(
                daemon, request(folder).buildArgs(Map.of("RUN", "second")).build());

        assertThat(output).contains("first\nsecond");
    }

    @Test
    void sendsWhatTheIgnoreFileLeaves(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "COPY . /src", "RUN find /src -type f | sort; echo " + UUID.randomUUID());
        Files.write(folder.resolve(".dockerignore"), List.of("# not this", "*.log", "!keep.log", "node_modules"));
        Files.writeString(folder.resolve("a.log"), "x");
        Files.writeString(folder.resolve("keep.log"), "x");
        Files.createDirectories(folder.resolve("node_modules/deep"));
        Files.writeString(folder.resolve("node_modules/deep/file"), "x");

        assertThat(output(daemon, request(folder).build()))
                .contains("/src/keep.log")
                .contains("/src/Dockerfile")
                .doesNotContain("/src/a.log")
                .doesNotContain("node_modules");
    }

    @Test
    void takesADockerfileFromOutsideTheContext(TestEngine daemon) throws Exception {
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("data"), "inside");
        Path elsewhere = dockerfile(
                folder.resolve("elsewhere"), "FROM base:1", "COPY . /src", "RUN ls /src; echo " + UUID.randomUUID());
        Path renamed = Files.move(elsewhere.resolve("Dockerfile"), elsewhere.resolve("Special.file"));

        String output = output(daemon, request(context).file(renamed.toString()).build());

        assertThat(output).contains("data").doesNotContain("Special.file");
    }

    @Test
    void sendsOnlyWhatChanged(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "COPY . /src", "RUN cat /src/changing; echo " + UUID.randomUUID());
        for (int i = 0; i < 200; i++) {
            Files.writeString(folder.resolve("file" + i), "content of " + i);
        }
        Files.writeString(folder.resolve("changing"), "one");
        build(daemon, request(folder).build());
        Files.writeString(folder.resolve("changing"), "the second one");

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            under.engine().build(request(folder).build());

            assertThat(under.log()).contains("the second one");
            assertThat(under.events(EngineEvent.ContextSent.class))
                    .last()
                    .satisfies(sent -> assertThat(sent.bytes()).isLessThan(100));
        }
    }

    @Test
    void showsTheLastLinesOfTheStepThatFailed(TestEngine daemon) throws Exception {
        dockerfile(
                folder,
                "FROM base:1",
                "RUN echo all is well",
                "RUN for i in $(seq 1 50); do echo line-$i-end; done; exit 7");

        assertThatThrownBy(() -> build(
                        daemon,
                        request(folder)
                                .tags(List.of(ImageReference.parse("kitfails:1")))
                                .build()))
                .isInstanceOfSatisfying(BuildFailedException.class, failure -> {
                    assertThat(failure.instruction()).startsWith("[3/3] RUN for i in");
                    assertThat(failure.lastLines())
                            .hasSize(30)
                            .startsWith("line-21-end")
                            .endsWith("line-50-end");
                })
                .hasMessageContaining("could not build kitfails:1")
                .hasMessageContaining("exit code: 7")
                .hasMessageNotContaining("rpc error")
                .hasMessageNotContaining("failed to solve");
        assertThat(daemon.hasImage("kitfails:1")).isFalse();
    }

    private void assertFails(TestEngine daemon, BuildRequest.Builder request, String... words) {
        assertThatThrownBy(() -> build(daemon, request.build()))
                .isInstanceOf(BuildFailedException.class)
                .message()
                .contains(words)
                .doesNotContain("rpc error")
                .doesNotContain("failed to solve")
                .doesNotContain("code = ")
                .doesNotContain("LLB");
    }

    @Test
    void saysWhichFileIsMissingAndWhatLeavesItOut(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "COPY secret.txt /x");
        assertFails(daemon, request(folder), "has no file secret.txt", "start from the build context " + folder);

        Files.writeString(folder.resolve("secret.txt"), "x");
        Files.writeString(folder.resolve(".dockerignore"), "secret.txt");
        assertFails(daemon, request(folder), "has no file secret.txt", "ignore file", "!secret.txt");
    }

    @Test
    void saysWhichFileOfAStageIsMissing(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1 AS one", "FROM base:1", "COPY --from=one /nofile /x");

        assertFails(daemon, request(folder), "there is no /nofile");
    }

    @Test
    void saysWhichBaseImageIsMissing(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        String image = registry.address() + "/none:1";
        dockerfile(folder, "FROM " + image);

        assertFails(daemon, request(folder), "could not get the base image " + image, "Check the base image's name and tag");
    }

    @Test
    void saysWhichFrontendIsMissing(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        String image = registry.address() + "/frontend:1";
        dockerfile(folder, "# syntax=" + image, "FROM base:1");

        assertFails(daemon, request(folder), "could not get the frontend " + image, "# syntax=", "reach that registry");
    }

    @Test
    void saysWhichStageIsMissing(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1 AS one");

        assertFails(daemon, request(folder).target("nope"), "nope", "could not be found", "the option target");
    }

    @Test
    void saysWhichArgumentNeedsAValue(TestEngine daemon) throws Exception {
        dockerfile(folder, "ARG VERSION", "FROM base:$VERSION");

        assertFails(daemon, request(folder), "base:", "buildArgs");
    }

    @Test
    void saysWhatIsWrongWithADockerfile(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "NONSENSE here");

        assertThatThrownBy(() -> build(daemon, request(folder).build()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("NONSENSE")
                .hasMessageContaining("Correct the Dockerfile");
    }

    @Test
    void asksForTheLoginWhenABaseImageNeedsOne(
            TestEngine daemon, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry) throws Exception {
        String repository = "private/" + UUID.randomUUID();
        ImageReference base = ImageReference.parse(registry.address() + "/" + repository + ":1");
        Registries known = Registries.of(List.of(new RegistryEntry(
                "private", RegistryAddress.parse(registry.address()), null, "login", true, false, false)));
        AtomicInteger asked = new AtomicInteger();
        CredentialsSource login = entry -> {
            asked.incrementAndGet();
            return Optional.of(RegistryCredentials.password(TestRegistry.USERNAME, Secret.of(TestRegistry.PASSWORD)));
        };
        dockerfile(folder.resolve("base"), "FROM base:1", "RUN echo " + repository + " > /private");
        dockerfile(folder, "FROM " + base.familiar(), "RUN cat /private");

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon, known, login)) {
            BuildResult built =
                    under.engine().build(request(folder.resolve("base")).build());
            under.engine().push(new PushRequest(ImageSelector.ofId(built.imageId()), List.of(base)));
            daemon.removeImage(base.familiar());
            asked.set(0);

            under.engine().build(request(folder).noCache(true).build());

            assertThat(asked.get()).isPositive();
            assertThat(under.log()).contains(repository).doesNotContain(TestRegistry.PASSWORD);
        }
        daemon.removeImage(base.familiar());
        assertThatThrownBy(() -> build(daemon, request(folder).pull(true).build()))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining(repository);
    }

    @Test
    void takesCachedLayersFromAnImage(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN echo " + UUID.randomUUID());

        BuildResult built =
                build(daemon, request(folder).cacheFrom(List.of(CacheOption.registry("base:1"))).build());

        assertThat(daemon.hasImage(built.imageId().toString())).isTrue();
    }

    @Test
    void numbersTheLinesOfStepsThatRunAtTheSameTime(TestEngine daemon) throws Exception {
        String unique = UUID.randomUUID().toString();
        dockerfile(
                folder,
                "FROM base:1 AS one",
                "RUN for i in 1 2 3 4 5 6; do echo from one; sleep 0.5; done; echo " + unique + " > /one",
                "FROM base:1 AS two",
                "RUN for i in 1 2 3 4 5 6; do echo from two; sleep 0.5; done; echo " + unique + " > /two",
                "FROM base:1",
                "COPY --from=one /one /one",
                "COPY --from=two /two /two");

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            under.engine().build(request(folder).build());

            assertThat(under.log()).contains("\n[one 2/2] from one").contains("\n[two 2/2] from two");
        }
    }

    @Test
    void anInterruptedBuildLeavesNothingRunning(TestEngine daemon) throws Exception {
        String marker = UUID.randomUUID().toString();
        dockerfile(folder, "FROM base:1", "RUN echo begun " + marker + "; sleep 300; echo " + marker);

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            Thread work = new Thread(() -> {
                try {
                    under.engine().build(request(folder).build());
                    end.complete(null);
                } catch (Throwable e) {
                    end.completeExceptionally(e);
                }
            });
            work.start();
            await(() -> under.log().contains("\nbegun " + marker));
            assertThat(isRunning(marker)).isTrue();
            work.interrupt();

            assertThatThrownBy(() -> end.get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            await(() -> !isRunning(marker));
        }
        assertNoThreadIsLeft();
    }

    @Test
    void leavesNoThreadBehind(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN echo " + UUID.randomUUID());
        build(daemon, request(folder).build());
        dockerfile(folder, "FROM base:1", "RUN false");
        assertThatThrownBy(() -> build(daemon, request(folder).build())).isInstanceOf(BuildFailedException.class);

        assertNoThreadIsLeft();
    }

    private static void assertNoThreadIsLeft() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("buildkit") || name.contains("grpc"));
    }

    /** The daemon's processes are this machine's. */
    private static boolean isRunning(String marker) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").contains("sleep 300; echo " + marker));
    }

    private static void await(BooleanSupplier condition) throws Exception {
        Instant end = Instant.now().plusSeconds(5);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("still waiting").isBefore(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void neverTellsTheValueOfABuildArgument(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "ARG TOKEN", "RUN test -n \"$TOKEN\"");

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            under.engine()
                    .build(request(folder).buildArgs(Map.of("TOKEN", "hunter2")).build());

            assertThat(under.log()).contains("RUN test").doesNotContain("hunter2");
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.build;

import static io.jenkins.plugins.containerbuild.engine.BackgroundCall.await;
import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.BackgroundCall;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.Secret;
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
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build does, whichever builder does it; subclasses name builder and daemon. */
public abstract class BuildBehaviours {

    /** For what is built. */
    @TempDir
    protected Path folder;

    /** The engine with the builder that is tested. */
    protected abstract EngineUnderTest open(TestEngine daemon, Registries registries, CredentialsSource credentials)
            throws Exception;

    private EngineUnderTest open(TestEngine daemon) throws Exception {
        return open(daemon, Registries.none(), CredentialsSource.ANONYMOUS);
    }

    /** A request for a directory. */
    public static BuildRequest.Builder request(Path context) {
        return BuildRequest.of(context.toString());
    }

    private BuildResult built(TestEngine daemon, BuildRequest request) throws Exception {
        try (EngineUnderTest under = open(daemon)) {
            return under.engine().build(request);
        }
    }

    /** What the steps print; none of them comes out of the cache, which would print nothing. */
    private String printed(TestEngine daemon, BuildRequest.Builder request) throws Exception {
        try (EngineUnderTest under = open(daemon)) {
            under.engine().build(request.noCache(true).build());
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

        BuildResult first = built(daemon, request(folder).tags(tags).build());
        BuildResult second = built(daemon, request(folder).tags(tags).build());

        assertThat(first.tags()).isEqualTo(tags);
        assertThat(first.pushed()).isEmpty();
        assertThat(first.layerCount()).isEqualTo(3);
        assertThat(first.sizeBytes()).isGreaterThan(100_000);
        assertThat(first.duration()).isPositive();
        assertThat(first.steps())
                .extracting(BuildStep::name)
                .anyMatch(name -> name.contains("FROM "))
                .anyMatch(name -> name.endsWith("RUN echo " + unique + " > /unique"))
                .anyMatch(name -> name.endsWith("COPY . /src"));
        assertThat(first.steps()).filteredOn(BuildStep::cached).hasSizeLessThan(2);
        assertThat(second.imageId()).isEqualTo(first.imageId());
        assertThat(second.steps())
                .filteredOn(step -> !step.name().contains("FROM "))
                .hasSize(2)
                .allMatch(BuildStep::cached);
        assertThat(daemon.imageId("facts:1")).hasValue(first.imageId().toString());
        assertThat(daemon.imageId("facts:2")).hasValue(first.imageId().toString());
    }

    @Test
    void buildsWithoutATag(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN echo " + UUID.randomUUID() + " > /unique");

        BuildResult result = built(daemon, request(folder).build());

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

        String output = printed(
                daemon,
                request(folder)
                        .tags(List.of(ImageReference.parse("options:1")))
                        .target("first")
                        .buildArgs(Map.of("GREETING", "a value with ' \" $ & and \u00e4"))
                        .labels(Map.of("com.example.a", "1 & 2", "com.example.b", ""))
                        .platforms(List.of(Platform.parse("linux/amd64")))
                        .network("none")
                        .addHosts(List.of("one.example:10.1.2.3", "two.example:10.1.2.4"))
                        .noCache(true));

        assertThat(output)
                .contains("greeting=a value with ' \" $ & and \u00e4")
                .contains("10.1.2.3\tone.example")
                .contains("10.1.2.4\ttwo.example")
                .contains("lo")
                .doesNotContain("eth0");
        try (EngineUnderTest under = open(daemon)) {
            ImageDetails image = under.engine().inspect(ImageSelector.parse("options:1"));
            assertThat(image.labels()).containsEntry("com.example.a", "1 & 2").containsEntry("com.example.b", "");
            assertThat(image.os()).isEqualTo("linux");
        }
    }

    @Test
    void usesTheHostsNetworkWhenAsked(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN cat /proc/net/dev; echo " + UUID.randomUUID());

        Set<String> lasting = interfaces();
        String output = printed(daemon, request(folder).network("host"));

        // Those of containers, networks and engines of other tests come and go meanwhile.
        lasting.retainAll(interfaces());
        assertThat(lasting).isNotEmpty().allMatch(output::contains);
    }

    private static Set<String> interfaces() throws Exception {
        return NetworkInterface.networkInterfaces()
                .map(NetworkInterface::getName)
                .collect(Collectors.toCollection(HashSet::new));
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

        assertThat(printed(daemon, request(folder)))
                .contains("/src/app.js", "/src/keep.log", "/src/.dockerignore")
                .doesNotContain("a.log\n", "node_modules");
    }

    @Test
    void takesADockerfileFromOutsideTheContextAndLeavesItOutOfTheImage(TestEngine daemon) throws Exception {
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("app.js"), "x");
        Path elsewhere = folder.resolve("build.dockerfile");
        Files.write(elsewhere, List.of("FROM base:1", "COPY . /src", "RUN find /src -type f"));

        String output = printed(daemon, request(context).file(elsewhere.toString()));

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

        assertThat(printed(daemon, request(folder)))
                .containsPattern("-rwxr-xr-x +1 0 +0 ")
                .contains("/etc/passwd")
                .contains("named with an umlaut");
    }

    @Test
    void standardErrorIsOutputToo(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN echo only on standard error >&2; exit 1");

        assertThatThrownBy(() -> built(daemon, request(folder).build()))
                .isInstanceOfSatisfying(
                        BuildFailedException.class,
                        failure -> assertThat(failure.lastLines()).containsExactly("only on standard error"));
    }

    @Test
    void aBrokenDockerfileIsTheRequestsFault(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "FRMO base:2");

        assertThatThrownBy(() -> built(daemon, request(folder).build()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("unknown instruction: FRMO");
    }

    @Test
    void anEmptyDockerfileIsAnError(TestEngine daemon) throws Exception {
        dockerfile(folder);

        assertThatThrownBy(() -> built(daemon, request(folder).build()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("could not build the image");
    }

    @Test
    void aMissingBaseImageIsNamed(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM 127.0.0.1:1/nothing:1");

        assertThatThrownBy(() -> built(daemon, request(folder).build()))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("connection refused")
                .hasMessageContaining("could not be reached");
    }

    @Test
    void anUnknownTargetIsAnError(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1");

        assertThatThrownBy(() -> built(daemon, request(folder).target("none").build()))
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
            assertThatThrownBy(() -> built(
                            daemon,
                            BuildRequest.of(context).root(workspace.toString()).build()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("secret");
        }
    }

    @Test
    void aLinkOutOfTheWorkspaceIsNoContext(TestEngine daemon) throws Exception {
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        Path secret = dockerfile(folder.resolve("secret"), "FROM base:1");
        Files.createSymbolicLink(workspace.resolve("innocent"), secret);

        assertThatThrownBy(() -> built(
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

        assertThatThrownBy(() -> built(daemon, request(folder).push(true).build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no tags");
    }

    @Test
    void neverTellsTheValueOfABuildArgument(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "ARG TOKEN", "RUN test -n \"$TOKEN\"");

        try (EngineUnderTest under = open(daemon)) {
            under.engine()
                    .build(request(folder).buildArgs(Map.of("TOKEN", "hunter2")).build());

            assertThat(under.log()).contains("RUN test").doesNotContain("hunter2");
        }
    }

    @Test
    void aFailedInstructionIsNamedWithItsLastLines(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN for i in $(seq 1 50); do echo line-$i-end; done; exit 7");

        assertThatThrownBy(() -> built(
                        daemon,
                        request(folder)
                                .tags(List.of(ImageReference.parse("failing:1")))
                                .build()))
                .isInstanceOfSatisfying(BuildFailedException.class, failure -> {
                    assertThat(failure.instruction()).contains("RUN for i in $(seq 1 50)");
                    assertThat(failure.lastLines())
                            .hasSize(30)
                            .startsWith("line-21-end")
                            .endsWith("line-50-end");
                })
                .hasMessageContaining("could not build failing:1")
                .hasMessageContaining("code: 7");
        assertThat(daemon.hasImage("failing:1")).isFalse();
    }

    @Test
    void asksForTheLoginWhenABaseImageNeedsOne(
            TestEngine daemon, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry) throws Exception {
        String repository = "private/" + UUID.randomUUID();
        ImageReference base = ImageReference.parse(registry.address() + "/" + repository + ":1");
        Registries known = Registries.of(List.of(new RegistryEntry(
                "private", RegistryAddress.parse(registry.address()), null, "login", true, false, false)));
        AtomicInteger asked = new AtomicInteger();
        CredentialsSource right = entry -> {
            asked.incrementAndGet();
            return Optional.of(RegistryCredentials.password(TestRegistry.USERNAME, Secret.of(TestRegistry.PASSWORD)));
        };
        CredentialsSource wrong = entry ->
                Optional.of(RegistryCredentials.password(TestRegistry.USERNAME, Secret.of("not-the-password")));
        dockerfile(folder.resolve("base"), "FROM base:1", "RUN echo " + repository + " > /private");
        dockerfile(folder, "FROM " + base.familiar(), "RUN cat /private");
        try (EngineUnderTest under = open(daemon, known, right)) {
            BuildResult built =
                    under.engine().build(request(folder.resolve("base")).build());
            under.engine().push(new PushRequest(ImageSelector.ofId(built.imageId()), List.of(base)));
        }
        daemon.removeImage(base.familiar());

        for (CredentialsSource login : List.of(CredentialsSource.ANONYMOUS, wrong)) {
            try (EngineUnderTest under = open(daemon, known, login)) {
                assertThatThrownBy(() -> under.engine().build(request(folder).build()))
                        .isInstanceOf(BuildFailedException.class)
                        .hasMessageContaining(base.repository())
                        .hasMessageContaining("credentials")
                        .hasMessageNotContaining("not-the-password");
            }
        }
        asked.set(0);
        try (EngineUnderTest under = open(daemon, known, right)) {
            under.engine().build(request(folder).noCache(true).build());

            assertThat(asked.get()).isPositive();
            assertThat(under.log()).contains(repository).doesNotContain(TestRegistry.PASSWORD);
        }
    }

    @Test
    void anInterruptedBuildLeavesNothingRunning(TestEngine daemon) throws Exception {
        String marker = UUID.randomUUID().toString();
        dockerfile(folder, "FROM base:1", "RUN echo begun " + marker + "; sleep 300; echo " + marker);

        try (EngineUnderTest under = open(daemon)) {
            BackgroundCall build = new BackgroundCall(
                    () -> under.engine().build(request(folder).build()));
            build.awaitProgress(Duration.ofSeconds(30), () -> under.hasOutput("begun " + marker));
            assertThat(isRunning(marker)).isTrue();
            build.interrupt();

            build.awaitInterruptedEnd(Duration.ofSeconds(5));
            await(Duration.ofSeconds(5), () -> !isRunning(marker));
        }
        assertNoThreadIsLeft(daemon);
    }

    @Test
    void leavesNoThreadBehind(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN echo " + UUID.randomUUID());
        built(daemon, request(folder).build());
        dockerfile(folder, "FROM base:1", "RUN false");
        assertThatThrownBy(() -> built(daemon, request(folder).build())).isInstanceOf(BuildFailedException.class);

        assertNoThreadIsLeft(daemon);
    }

    private static void assertNoThreadIsLeft(TestEngine daemon) throws Exception {
        await(
                Duration.ofSeconds(5),
                () -> Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .noneMatch(
                                name -> name.startsWith("container engine " + daemon.uri()) || name.contains("grpc")));
    }

    /** The daemon's processes are this machine's. */
    protected static boolean isRunning(String marker) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").contains("sleep 300; echo " + marker));
    }
}

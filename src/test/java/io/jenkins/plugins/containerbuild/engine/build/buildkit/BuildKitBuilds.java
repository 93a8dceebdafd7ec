package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.BackgroundCall.await;
import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.BackgroundCall;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildBehaviours;
import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.testkit.EngineGate;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds on every daemon that has BuildKit; its subclasses name the daemons. */
abstract class BuildKitBuilds extends BuildBehaviours {

    @Override
    protected EngineUnderTest open(TestEngine daemon, Registries registries, CredentialsSource credentials)
            throws Exception {
        return EngineUnderTest.withBuildKit(daemon, registries, credentials);
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
    void anAbortLeavesNothingBehindAndKeepsTheCacheMount(TestEngine daemon, @TempDir Path elsewhere) throws Exception {
        String unique = UUID.randomUUID().toString();
        String mount = "RUN --mount=type=cache,id=" + unique + ",target=/cache ";
        try (EngineGate gate = EngineGate.at(elsewhere.resolve("gate.sock"), daemon);
                EngineUnderTest under = EngineUnderTest.at(
                        new EndpointRequest(gate.uri().toString(), null, Map.of("DOCKER_BUILDKIT", "1")),
                        Registries.none(),
                        CredentialsSource.ANONYMOUS)) {
            dockerfile(folder, "FROM base:1", "COPY . /src", mount + "echo first >> /cache/runs");
            under.engine().build(request(folder).build());
            List<Path> files = files();
            Set<Path> temporary = temporaryFiles();
            // The gate learns of their end a moment after the build's.
            await(Duration.ofSeconds(5), () -> gate.builds() == 0);
            int connections = gate.connections();
            dockerfile(
                    folder,
                    "FROM base:1",
                    "COPY . /src",
                    mount + "echo second >> /cache/runs; echo begun " + unique + "; sleep 300; echo " + unique);
            BackgroundCall build = new BackgroundCall(() -> under.engine()
                    .build(request(folder)
                            .root(folder.toString())
                            .outputs(List.of(BuildOutput.parse("type=tar,dest=out.tar")))
                            .build()));
            await(Duration.ofSeconds(60), () -> under.log().contains("\nbegun " + unique));
            assertThat(gate.builds()).isPositive();
            build.interrupt();

            build.awaitInterruptedEnd(Duration.ofSeconds(5));
            await(Duration.ofSeconds(5), () -> !isRunning(unique));
            await(Duration.ofSeconds(5), () -> gate.builds() == 0 && gate.connections() <= connections);
            await(Duration.ofSeconds(5), () -> threads(gate.uri() + " buildkit") == 0);
            assertThat(files()).isEqualTo(files);
            Set<Path> left = temporaryFiles();
            left.removeAll(temporary);
            // Another JVM's tests make their own there, and remove them.
            await(Duration.ofSeconds(30), () -> left.stream().noneMatch(Files::exists));

            dockerfile(folder, "FROM base:1", mount + "cat /cache/runs");
            under.engine().build(request(folder).build());
            assertThat(under.log()).contains("\nfirst\nsecond\n");
        }
    }

    /** What a build might leave beside its context. */
    private List<Path> files() throws Exception {
        try (Stream<Path> here = Files.walk(folder)) {
            return here.sorted().toList();
        }
    }

    /** What a build might leave where Java puts temporary files. */
    private static Set<Path> temporaryFiles() throws Exception {
        try (Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return temporary
                    .filter(file -> file.getFileName().toString().contains("container-build"))
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }

    private static long threads(String owner) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("container engine " + owner) || name.contains("grpc"))
                .count();
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

        assertFails(
                daemon,
                request(folder),
                "could not get the base image " + image,
                "Check the base image's name and tag");
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
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.BuildStep;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds again what has not changed, or only a little; its subclasses name the daemons. */
abstract class UnchangedContextBuilds {

    Path folder;
    Path context;
    String unique;

    private Registries registries = Registries.none();
    private CredentialsSource credentials = CredentialsSource.ANONYMOUS;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        unique = UUID.randomUUID().toString();
        context = dockerfile(
                folder.resolve("context"),
                "FROM base:1 AS first",
                "COPY first /first",
                "RUN cat /first/* && echo " + unique,
                "FROM base:1",
                "COPY . /all",
                "RUN cat /all/*/* && echo " + unique);
        Files.writeString(Files.createDirectory(context.resolve("first")).resolve("a"), "first a\n");
        Files.writeString(Files.createDirectory(context.resolve("second")).resolve("b"), "second b\n");
    }

    /** What came of a build. */
    record Outcome(BuildResult result, boolean askedForFiles, String output) {}

    BuildRequest.Builder request() {
        return BuildRequest.of(context.toString());
    }

    Outcome build(TestEngine daemon, BuildRequest.Builder request) throws Exception {
        EndpointRequest endpoint = new EndpointRequest(
                daemon.uri().toString(),
                null,
                Map.of(
                        "DOCKER_BUILDKIT",
                        "1",
                        "XDG_CACHE_HOME",
                        folder.resolve("cache").toString()));
        try (EngineUnderTest under = EngineUnderTest.at(endpoint, registries, credentials)) {
            BuildResult result = under.engine().build(request.build());
            return new Outcome(
                    result,
                    !under.events(EngineEvent.ContextSent.class).isEmpty(),
                    String.join(
                            "\n",
                            under.events(EngineEvent.StepOutput.class).stream()
                                    .map(EngineEvent.StepOutput::line)
                                    .toList()));
        }
    }

    /** Builds until the daemon asks for no files: it may remember for some seconds that the last build is there. */
    Outcome buildWithoutFiles(TestEngine daemon, BuildRequest.Builder request) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        Outcome outcome = build(daemon, request);
        while (outcome.askedForFiles()) {
            assertThat(System.nanoTime())
                    .as("the daemon asks for files again and again")
                    .isLessThan(end);
            TimeUnit.SECONDS.sleep(1);
            outcome = build(daemon, request);
        }
        return outcome;
    }

    @Test
    void asksForNothingWhereNothingHasChanged(TestEngine daemon) throws Exception {
        Outcome first = build(daemon, request());

        Outcome again = buildWithoutFiles(daemon, request());

        assertThat(first.askedForFiles()).isTrue();
        assertThat(again.result().imageId()).isEqualTo(first.result().imageId());
        assertThat(again.result().steps())
                .filteredOn(step -> step.name().contains("COPY") || step.name().contains("RUN"))
                .isNotEmpty()
                .allMatch(BuildStep::cached);
    }

    @Test
    void seesWhatHasChanged(TestEngine daemon) throws Exception {
        build(daemon, request());
        buildWithoutFiles(daemon, request());

        Files.writeString(context.resolve("second/b"), "other! b\n");
        Outcome file = build(daemon, request());
        buildWithoutFiles(daemon, request());
        Files.writeString(context.resolve(".dockerignore"), "second");
        Outcome ignored = build(daemon, request());
        buildWithoutFiles(daemon, request());
        dockerfile(context, "FROM base:1", "COPY first /renamed", "RUN ls / && echo " + unique);
        Outcome instructions = build(daemon, request());

        assertThat(file.output()).contains("other! b");
        assertThat(ignored.output()).contains("first a").doesNotContain("other! b");
        assertThat(instructions.output()).contains("renamed");
    }

    /** The files in which sessions are remembered. */
    List<Path> remembered() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("cache/container-build/sessions"))) {
            return files.toList();
        }
    }

    /**
     * Makes the context one whose base image needs a login.
     *
     * @return the base image's name
     */
    String needLogin(TestEngine daemon, TestRegistry registry) throws Exception {
        registries = Registries.of(List.of(new RegistryEntry(
                "private", RegistryAddress.parse(registry.address()), null, "login", true, false, false)));
        logIn();
        ImageReference base = ImageReference.parse(registry.address() + "/base/" + unique + ":1");
        build(daemon, request().tags(List.of(base)).push(true));
        daemon.removeImage(base.familiar());
        for (Path session : remembered()) {
            Files.delete(session);
        }
        dockerfile(context, "FROM " + base.familiar(), "COPY first /other");
        return base.familiar();
    }

    void logIn() {
        credentials = entry ->
                Optional.of(RegistryCredentials.password(TestRegistry.USERNAME, Secret.of(TestRegistry.PASSWORD)));
    }

    void assertRefusedWithoutLogin(TestEngine daemon, String base) {
        credentials = CredentialsSource.ANONYMOUS;
        assertThatThrownBy(() -> build(daemon, request().pull(true)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(base);
    }
}

package io.jenkins.plugins.containerbuild.engine;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.BuildStep;
import io.jenkins.plugins.containerbuild.engine.image.ImageDetails;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.TagRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PullRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PullResult;
import io.jenkins.plugins.containerbuild.engine.registry.PushRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PushResult;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestOnEveryEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** The whole way through, on each kind of daemon: build, tag, push, read back from the registry, pull. */
class EnginesIT {

    @TempDir
    private Path folder;

    @TestOnEveryEngine
    void buildsTagsPushesAndPulls(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        String repository = "engines/" + daemon.kind().name().toLowerCase(Locale.ROOT);
        ImageReference name = ImageReference.parse(registry.address() + "/" + repository + ":1");
        dockerfile(folder, "FROM base:1", "ARG WHO", "RUN echo hello $WHO > /hello", "COPY data /data");
        Files.writeString(folder.resolve("data"), daemon.kind().name());

        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            BuildRequest request = BuildRequest.of(folder.toString())
                    .tags(List.of(ImageReference.parse("whole:1")))
                    .buildArgs(Map.of("WHO", "world"))
                    .labels(Map.of("com.example.kind", "test"))
                    .network(daemon.kind() == EngineKind.PODMAN_5 ? "host" : null)
                    .build();
            BuildResult built = under.engine().build(request);
            under.engine().tag(new TagRequest(ImageSelector.ofId(built.imageId()), List.of(name)));
            PushResult pushed =
                    under.engine().push(new PushRequest(ImageSelector.ofId(built.imageId()), List.of(name)));

            assertThat(built.steps()).extracting(BuildStep::name).anyMatch(step -> step.contains("RUN echo"));
            assertThat(pushed.imageId()).isEqualTo(built.imageId());
            String digest = pushed.pushed().get(0).digest().toString();
            assertThat(registry.manifestDigest(repository, "1")).hasValue(digest);
            assertThat(registry.manifest(repository, digest)).isPresent();

            daemon.removeImage(built.imageId().toString());
            assertThat(daemon.hasImage(name.familiar())).isFalse();
            PullResult pulled = under.engine().pull(new PullRequest(name, null));

            assertThat(pulled.digest()).hasToString(digest);
            ImageDetails details = under.engine().inspect(ImageSelector.ofId(pulled.imageId()));
            assertThat(details.labels()).containsEntry("com.example.kind", "test");
            assertThat(details.tags()).contains(name.familiar());
        }
    }

    @TestOnEveryEngine
    void aFailedInstructionFailsTheBuild(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN echo before the end; exit 3");

        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            BuildRequest request = BuildRequest.of(folder.toString())
                    .tags(List.of(ImageReference.parse("fails:1")))
                    .network(daemon.kind() == EngineKind.PODMAN_5 ? "host" : null)
                    .build();

            assertThatThrownBy(() -> under.engine().build(request))
                    .isInstanceOf(BuildFailedException.class)
                    .hasMessageContaining("could not build fails:1")
                    .hasMessageContaining("before the end");
            assertThat(daemon.hasImage("fails:1")).isFalse();
        }
    }

    @TestOnEveryEngine
    void agreesOnAnApiVersion(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            assertThat(under.engine().info().apiVersion()).matches("1\\.\\d+");
            assertThat(under.engine().info().version()).isEqualTo(daemon.version());
            assertThat(under.engine().info().isPodman()).isEqualTo(daemon.kind() == EngineKind.PODMAN_5);
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.BuildStep;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Caches that builds leave for builds on other daemons; its subclasses name the daemons. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CacheBuilds {

    private final EngineKind kind;
    private TestEngine other;

    Path folder;
    String unique;

    CacheBuilds(EngineKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        unique = UUID.randomUUID().toString();
        dockerfile(folder, "FROM base:1", "RUN echo " + unique + " > /a", "RUN cat /a");
    }

    @AfterAll
    void stop() {
        if (other != null) {
            other.close();
        }
    }

    /**
     * Makes the context, on a base image out of a registry: only so it is the very same one for both daemons.
     *
     * @return the base image's name
     */
    String project(TestEngine daemon, TestRegistry registry, String... run) throws Exception {
        ImageReference base = ImageReference.parse(registry.address() + "/base/" + unique + ":1");
        dockerfile(folder.resolve("base"), "FROM base:1", "LABEL unique=" + unique);
        build(
                daemon,
                BuildRequest.of(folder.resolve("base").toString())
                        .tags(List.of(base))
                        .push(true));
        daemon.removeImage(base.familiar());
        List<String> lines = new ArrayList<>(List.of("FROM " + base.familiar()));
        lines.addAll(List.of(run));
        dockerfile(folder, lines.toArray(String[]::new));
        return base.familiar();
    }

    /** A daemon of the same kind that has built nothing of it. */
    TestEngine other() {
        if (other == null) {
            other = TestEngine.start(kind);
        }
        return other;
    }

    BuildRequest.Builder request() {
        return BuildRequest.of(folder.toString()).root(folder.toString());
    }

    static List<CacheOption> caches(String... texts) throws Exception {
        List<CacheOption> caches = new ArrayList<>();
        for (String text : texts) {
            caches.add(CacheOption.parse("cache", text));
        }
        return caches;
    }

    static BuildResult build(TestEngine daemon, BuildRequest.Builder request) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            return under.engine().build(request.build());
        }
    }

    static void assertCached(BuildResult result) {
        assertThat(result.steps())
                .filteredOn(step -> step.name().contains("] RUN"))
                .hasSize(2)
                .allMatch(BuildStep::cached);
    }

    @Test
    void findsTheCacheInAnImage(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        project(daemon, registry, "RUN echo " + unique + " > /a", "RUN cat /a");
        ImageReference image = ImageReference.parse(registry.address() + "/team/" + unique + ":1");
        build(daemon, request().tags(List.of(image)).push(true).cacheTo(caches("type=inline")));

        assertCached(build(other(), request().cacheFrom(caches(image.familiar()))));
    }

    @Test
    void doesWithoutACacheThatIsNotThere(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        String image = registry.address() + "/team/absent:1";

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            BuildResult result = under.engine()
                    .build(request()
                            .cacheFrom(caches(image, "type=local,src=no-such-directory"))
                            .build());

            assertThat(daemon.hasImage(result.imageId().toString())).isTrue();
            assertThat(under.log()).contains("There is no cache in no-such-directory yet");
        }
    }

    @Test
    void saysWhatIsWrongWithAnOption(TestEngine daemon) {
        for (String wrong : List.of(
                "type=local",
                "type=local,dest=../outside",
                "type=registry,ref=a/b,mode=most",
                "type=registry,ref=a/b,ignore-error=maybe",
                "type=registry,ref=a/b,timeout=soon",
                "type=registry,ref=a/b,timeout=0s")) {
            assertThatThrownBy(() -> build(daemon, request().cacheTo(caches(wrong))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("cacheTo");
        }
        assertThatThrownBy(() -> build(daemon, request().cacheFrom(caches("type=local,src=../outside"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("cacheFrom");
    }
}

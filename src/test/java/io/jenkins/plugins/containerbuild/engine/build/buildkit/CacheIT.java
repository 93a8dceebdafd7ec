package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.BuildStep;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Caches of the installed Engine's BuildKit, 0.8. */
@WithEngine
class CacheIT extends ClassicCacheBuilds {

    CacheIT() {
        super(EngineKind.INSTALLED);
    }

    @Test
    void leavesAWholeCacheInAnImageWhoseFilesWereNotAskedForAgain(
            TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        project(daemon, registry, "COPY text /text", "RUN cat /text > /copy");
        Files.writeString(folder.resolve("text"), unique);
        ImageReference image = ImageReference.parse(registry.address() + "/team/" + unique + ":1");
        BuildRequest inline = request()
                .tags(List.of(image))
                .push(true)
                .cacheTo(caches("type=inline"))
                .build();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (asksForFiles(daemon, inline)) {
            assertThat(System.nanoTime())
                    .as("the daemon asks for files again and again")
                    .isLessThan(end);
            TimeUnit.SECONDS.sleep(1);
        }

        BuildResult result = build(other(), request().cacheFrom(caches(image.familiar())));

        assertThat(result.steps())
                .filteredOn(step -> step.name().contains("COPY") || step.name().contains("RUN"))
                .hasSize(2)
                .allMatch(BuildStep::cached);
    }

    private static boolean asksForFiles(TestEngine daemon, BuildRequest request) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            under.engine().build(request);
            return !under.events(EngineEvent.ContextSent.class).isEmpty();
        }
    }
}

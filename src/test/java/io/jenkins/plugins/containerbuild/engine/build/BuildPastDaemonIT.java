package io.jenkins.plugins.containerbuild.engine.build;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestOnEveryEngine;
import java.nio.file.Files;

/** What is built goes to its registry past the daemon: where that refuses the registry, or where the caller wants it. */
class BuildPastDaemonIT extends BuildsPastDaemon {

    @TestOnEveryEngine
    void tellsTheSameAsOtherPushes(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "COPY file /file", "ENV A=" + repository);
        Files.writeString(folder.resolve("file"), repository);
        try (EngineUnderTest under = under(daemon)) {
            BuildResult wanted = under.engine()
                    .build(request(strict, PushVia.AGENT, "1", "2").build());

            assertThat(wanted.pushed())
                    .hasSize(2)
                    .allSatisfy(pushed -> assertThat(pushed.digest()).isEqualTo(wanted.digest()));
            assertThat(strict.manifestDigest(repository, "2"))
                    .hasValue(wanted.digest().toString());
            boolean kept = daemon.kind() != EngineKind.ENGINE_26_CONTAINERD;
            assertThat(wanted.imageId() != null).isEqualTo(kept);
            assertThat(under.events(EngineEvent.Note.class))
                    .extracting(EngineEvent.Note::text)
                    .noneMatch(text -> text.contains("does not take"));

            BuildResult needed =
                    under.engine().build(request(strict, PushVia.ENGINE, "3").build());

            assertThat(needed.imageId()).isEqualTo(wanted.imageId());
            assertThat(strict.manifestDigest(repository, "3"))
                    .hasValue(needed.digest().toString());
            if (kept) {
                assertThat(needed.digest()).isEqualTo(wanted.digest());
                assertThat(under.events(EngineEvent.Note.class))
                        .extracting(EngineEvent.Note::text)
                        .filteredOn(text -> text.contains("does not take the registry " + strict.address()
                                + ", which speaks plain HTTP, but its entry allows that"))
                        .hasSize(1);
            }
        }
    }
}

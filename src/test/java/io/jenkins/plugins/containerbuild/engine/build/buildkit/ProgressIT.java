package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.ProgressMode;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and programs get to read of a build, by the kind of progress that they asked for. */
@WithEngine(EngineKind.ENGINE_26)
class ProgressIT {

    @TempDir
    private Path folder;

    private BuildRequest request(ProgressMode mode) {
        return BuildRequest.of(folder.toString()).progress(mode).build();
    }

    private void failing() throws Exception {
        dockerfile(folder, "FROM base:1", "RUN echo fine-output " + UUID.randomUUID(), "RUN echo bad-output; exit 4");
    }

    @Test
    void plainTellsOutputAsItComesAndSumsUp(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "COPY . /src", "RUN echo some-output " + UUID.randomUUID() + "; sleep 1.2");
        Files.createDirectories(folder.resolve("large"));
        Files.write(folder.resolve("large/file"), new byte[11_000_000]);

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            under.engine().build(request(ProgressMode.PLAIN));

            assertThat(under.log())
                    .containsSubsequence(
                            "\n[3/3] RUN echo some-output",
                            "\nsome-output ",
                            "\n[3/3] RUN echo some-output",
                            " s",
                            "\nSummary: ",
                            "\n  [3/3] RUN echo",
                            "\n  context, 2 files",
                            "11.0 MB",
                            "\n  largest directories of the context: large 11.0 MB");
        }
    }

    @Test
    void compactTellsTheOutputOfTheFailedStepAlone(TestEngine daemon) throws Exception {
        failing();

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            assertThatThrownBy(() -> under.engine().build(request(ProgressMode.COMPACT)))
                    .isInstanceOf(BuildFailedException.class);

            assertThat(under.log())
                    .containsSubsequence("[2/3] RUN echo fine-output", "\nbad-output\n", "[3/3] RUN echo bad", "FAILED")
                    .doesNotContain("\nfine-output");
        }
    }

    @Test
    void quietTellsNothingOfTheSteps(TestEngine daemon) throws Exception {
        failing();

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            assertThatThrownBy(() -> under.engine().build(request(ProgressMode.QUIET)))
                    .isInstanceOf(BuildFailedException.class)
                    .hasMessageContaining("bad-output");

            assertThat(under.log()).doesNotContain("RUN", "output");
        }
    }

    @Test
    void rawTellsWhatTheDaemonTells(TestEngine daemon) throws Exception {
        failing();

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            assertThatThrownBy(() -> under.engine().build(request(ProgressMode.RAWJSON)))
                    .isInstanceOf(BuildFailedException.class);

            List<String> names = new ArrayList<>();
            StringBuilder output = new StringBuilder();
            for (EngineEvent.RawProgress raw : under.events(EngineEvent.RawProgress.class)) {
                JsonNode document = new ObjectMapper().readTree(EventText.of(raw));
                document.path("vertexes")
                        .forEach(vertex -> names.add(vertex.path("name").asText()));
                for (JsonNode log : document.path("logs")) {
                    output.append(new String(log.path("data").binaryValue(), StandardCharsets.UTF_8));
                }
            }
            assertThat(names).anyMatch(name -> name.startsWith("[3/3] RUN echo bad-output"));
            assertThat(output).contains("fine-output ", "bad-output\n");
            assertThat(under.events(EngineEvent.StepFinished.class)).isEmpty();
        }
    }
}

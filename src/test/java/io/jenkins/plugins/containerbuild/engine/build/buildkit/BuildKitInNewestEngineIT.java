package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.BuildWarning;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import org.junit.jupiter.api.Test;

/** BuildKit as it is in the newest Engine of Debian: 0.25 in 28.5. The first of the kinds here that checks Dockerfiles. */
@WithEngine(EngineKind.ENGINE_NEWEST)
class BuildKitInNewestEngineIT extends BuildKitBuilds {

    private static final String[] CASING = {"FROM base:1 as first", "RUN false"};

    @Test
    void checksADockerfileWithoutBuildingIt(TestEngine daemon) throws Exception {
        dockerfile(folder, CASING);

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            BuildResult result =
                    under.engine().build(request(folder).call(Call.CHECK).build());

            assertThat(result.warnings())
                    .singleElement()
                    .returns("FromAsCasing", BuildWarning::rule)
                    .returns("Dockerfile", BuildWarning::file)
                    .returns(1, BuildWarning::line)
                    .satisfies(warning -> assertThat(warning.url()).startsWith("https://"));
            assertThat(result.answer().text()).isEqualTo("Check complete, 1 finding");
            assertThat(under.log())
                    .contains("\nWARNING: FromAsCasing: ", "(Dockerfile:1) https://", "\nCheck complete, 1 finding");
        }
    }

    @Test
    void findsNothingInAGoodDockerfile(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1 AS first", "RUN false");

        BuildResult result = build(daemon, request(folder).call(Call.CHECK).build());

        assertThat(result.warnings()).isEmpty();
        assertThat(result.answer().text()).isEqualTo("Check complete, nothing was found");
    }

    @Test
    void failsTheCheckWhereTheDockerfileWantsIt(TestEngine daemon) throws Exception {
        dockerfile(folder, "# check=error=true", CASING[0], CASING[1]);

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            assertThatThrownBy(() -> under.engine()
                            .build(request(folder).call(Call.CHECK).build()))
                    .isInstanceOf(BuildFailedException.class)
                    .hasMessageContaining("did not pass the check")
                    .hasMessageContaining("FromAsCasing");
            assertThat(under.events(EngineEvent.DockerfileWarning.class)).hasSize(1);
        }
    }

    @Test
    void showsTheLineThatTheCheckCannotRead(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUNN true");

        assertThatThrownBy(() -> build(daemon, request(folder).call(Call.CHECK).build()))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("RUNN")
                .hasMessageContaining("2 | >>> RUNN true");
    }

    @Test
    void warnsOfTheSameWhileItBuilds(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1 as first");

        BuildResult result = build(daemon, request(folder).build());

        assertThat(result.warnings())
                .singleElement()
                .returns("FromAsCasing", BuildWarning::rule)
                .returns(1, BuildWarning::line);
    }

    @Test
    void outlinesAndLists(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1 AS first", "ARG NAME=x", "FROM base:1 AS second");

        assertThat(build(
                                daemon,
                                request(folder)
                                        .call(Call.OUTLINE)
                                        .target("first")
                                        .build())
                        .answer()
                        .text())
                .contains("NAME");
        assertThat(build(daemon, request(folder).call(Call.TARGETS).build())
                        .answer()
                        .text())
                .contains("first", "second (default)");
    }
}

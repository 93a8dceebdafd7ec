package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static io.jenkins.plugins.containerbuild.engine.build.buildkit.BuildKitBuilds.output;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contexts that the installed Engine's BuildKit, 0.8, knows. */
@WithEngine
class ContextsIT extends ContextBuilds {

    @Test
    void saysWhatTheDaemonIsTooOldFor(TestEngine daemon) throws Exception {
        dockerfile(context, "FROM base:1");

        assertThatThrownBy(() -> output(
                        daemon,
                        request()
                                .buildContexts(Map.of("more", "."))
                                .root(context.toString())
                                .build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("buildContexts")
                .hasMessageContaining("23.0");
        for (String address : List.of(
                "https://example.com/app.git#main:sub",
                "https://example.com/app.git?ref=main",
                "ssh://git@example.com/app")) {
            assertThatThrownBy(() -> output(daemon, BuildRequest.of(address).build()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("23.0");
        }
    }
}

package io.jenkins.plugins.containerbuild.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuilderChoiceTest {

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "T", " 1 "})
    void choosesBuildKit(String value) throws Exception {
        assertThat(BuilderChoice.of(Map.of("DOCKER_BUILDKIT", value))).isEqualTo(BuilderChoice.BUILDKIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "false", " F "})
    void choosesTheClassicBuilder(String value) throws Exception {
        assertThat(BuilderChoice.of(Map.of("DOCKER_BUILDKIT", value))).isEqualTo(BuilderChoice.CLASSIC);
    }

    @Test
    void leavesTheChoiceToTheDaemonWithoutAWord() throws Exception {
        assertThat(BuilderChoice.of(Map.of())).isEqualTo(BuilderChoice.EITHER);
        assertThat(BuilderChoice.of(Map.of("DOCKER_BUILDKIT", ""))).isEqualTo(BuilderChoice.EITHER);
    }

    @Test
    void refusesAnythingElse() {
        assertThatThrownBy(() -> BuilderChoice.of(Map.of("DOCKER_BUILDKIT", "yes")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("DOCKER_BUILDKIT");
    }
}

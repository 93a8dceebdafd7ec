package io.jenkins.plugins.containerbuild.engine.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Projects have names that Compose takes and that no other build has. */
class ProjectNameTest {

    @ParameterizedTest
    @CsvSource({
        "team/app#17, team-app-17-",
        "Größe/Äpfel#3, gr-e-pfel-3-",
        "###, build-",
        "a/very-long-folder-name/and-a-very-long-job-name/feature%2Fbranch#1234, very-long-job-name-feature-2fbranch-1234-",
    })
    void aNameSaysWhoseItIs(String build, String part) throws Exception {
        String name = ProjectName.free(new Maker("jenkins", "job", build, "node", "step"));

        assertThat(name).contains(part).matches("[a-z0-9][a-z0-9_-]{0,62}");
        ProjectName.check(name);
    }

    @Test
    void twoBlocksOfOneBuildHaveDifferentNames() {
        Maker maker = new Maker("jenkins", "team/app", "team/app#17", "node", "step");

        assertThat(ProjectName.free(maker)).isNotEqualTo(ProjectName.free(maker));
        assertThat(ProjectName.free(Maker.of("command-line"))).startsWith("container-build-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Tests", "-x", "a b", "--help", "../x", "a.b"})
    void otherNamesAreRefused(String name) {
        assertThatThrownBy(() -> ProjectName.check(name))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Give a name such as tests, or none");
    }
}

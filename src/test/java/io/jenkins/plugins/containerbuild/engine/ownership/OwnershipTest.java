package io.jenkins.plugins.containerbuild.engine.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels say whose a thing is, whoever wrote them. */
class OwnershipTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void isReadFromItsLabels() {
        Maker maker = new Maker("c-1", "team/app", "team/app#17", "node", "3");
        Ownership ownership = new Ownership(maker, Scope.JOB, NOW, Duration.ofDays(2));

        assertThat(ownership.labels())
                .containsEntry("io.jenkins.plugins.containerbuild.controller", "c-1")
                .containsEntry("io.jenkins.plugins.containerbuild.build", "team/app#17")
                .containsEntry("io.jenkins.plugins.containerbuild.created", "2026-01-02T03:04:05Z")
                .containsEntry("io.jenkins.plugins.containerbuild.maxAge", "172800");
        assertThat(Ownership.of(ownership.labels())).hasValue(ownership);
        assertThat(ownership.isOf("c-1")).isTrue();
        assertThat(ownership.isOf("c-2")).isFalse();
    }

    @Test
    void hasNoLabelForWhatIsNotKnown() {
        Ownership ownership = new Ownership(Maker.of("c-1"), Scope.PERMANENT, NOW, null);

        assertThat(ownership.labels()).hasSize(3);
        assertThat(Ownership.of(ownership.labels())).hasValue(ownership);
    }

    @Test
    void whatHasNoControllerIsNobodys() {
        assertThat(Ownership.of(Map.of())).isEmpty();
        assertThat(Ownership.of(Map.of(Ownership.CONTROLLER, " ", Ownership.SCOPE, "build")))
                .isEmpty();
    }

    @Test
    void labelsThatCannotBeReadShortenNoLife() {
        Ownership ownership = Ownership.of(Map.of(
                        Ownership.CONTROLLER, "c-1",
                        Ownership.SCOPE, "for ever",
                        Ownership.CREATED, "yesterday",
                        Ownership.MAX_AGE, "-1"))
                .orElseThrow();

        assertThat(ownership.scope()).isEqualTo(Scope.PERMANENT);
        assertThat(ownership.created()).isNull();
        assertThat(ownership.maxAge()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"7d,PT168H", "36h,PT36H", "1d12h,PT36H", "2W,PT336H", "90m,PT90M", "0s,PT0S"})
    void readsAges(String text, Duration age) throws Exception {
        assertThat(Age.parse("maxAge", text)).isEqualTo(age);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "d", "-1d", "1.5h", "7 days", "1y", "99999999999d"})
    void refusesWhatIsNoAge(String text) {
        assertThatThrownBy(() -> Age.parse("maxAge", text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("could not read the option maxAge with '" + text + "'");
    }

    @Test
    void refusesWhatIsNoScope() throws Exception {
        assertThat(Scope.parse(" Build ")).isEqualTo(Scope.BUILD);
        assertThatThrownBy(() -> Scope.parse("forever"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Write one of permanent, node, job, build");
    }
}

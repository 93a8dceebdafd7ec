package io.jenkins.plugins.containerbuild.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetriesTest {

    private static final Duration NONE = Duration.ZERO;

    private final List<EngineEvent.Retry> told = new ArrayList<>();
    private final RegistryEntry entry;

    RetriesTest() throws Exception {
        entry = new RegistryEntry("nexus", RegistryAddress.parse("r.example"), null, "login", false, false, false);
    }

    private Retries retries(Duration limit, Duration wish) {
        return new Retries(
                new RetryPolicy(3, NONE, NONE, limit),
                registry -> Optional.ofNullable(wish),
                event -> told.add((EngineEvent.Retry) event));
    }

    private void fails(Retries retries, Kind kind) throws Exception {
        retries.after(RegistryFailure.of(kind, "spoilt"), "push app", entry, "alice");
    }

    private void isOver(Retries retries, Kind kind, String words) {
        assertThatThrownBy(() -> fails(retries, kind))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith(words);
    }

    @Test
    void givesUpAfterTheLastAttempt() throws Exception {
        Retries retries = retries(Duration.ofHours(1), null);
        fails(retries, Kind.CONNECTION);
        fails(retries, Kind.SERVER_ERROR);

        isOver(retries, Kind.CONNECTION, "could not push app in 3 attempts: ");
    }

    @Test
    void whatWasAchievedIsNotCountedAgainstIt() throws Exception {
        Retries retries = retries(Duration.ofHours(1), null);
        for (int round = 0; round < 10; round++) {
            fails(retries, Kind.CONNECTION);
            fails(retries, Kind.CONNECTION);
            retries.progressed();
        }

        assertThat(told).extracting(EngineEvent.Retry::attempt).startsWith(1, 2, 1, 2);
    }

    @Test
    void anExpiredLoginIsRenewedOnceAndIsNoAttempt() throws Exception {
        Retries retries = retries(Duration.ofHours(1), null);
        fails(retries, Kind.UNAUTHORIZED);
        fails(retries, Kind.CONNECTION);
        fails(retries, Kind.CONNECTION);

        assertThat(told).extracting(EngineEvent.Retry::attempt).containsExactly(1, 1, 2);
        isOver(retries, Kind.UNAUTHORIZED, "could not push app");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"DENIED", "NOT_FOUND", "UNTRUSTED_CERTIFICATE", "TOO_FEW_RIGHTS", "NO_SPACE", "NOT_A_REGISTRY"})
    void whatStaysSoIsFinal(Kind kind) {
        isOver(retries(Duration.ofHours(1), null), kind, "could not push app: ");
        assertThat(told).isEmpty();
    }

    @Test
    void noAttemptBeginsAfterTheTimeLimit() {
        isOver(retries(NONE, null), Kind.CONNECTION, "could not push app: ");
    }

    @Test
    void aWaitThatTheTimeLimitDoesNotAllowIsNotWaited() {
        isOver(retries(Duration.ofMinutes(1), Duration.ofMinutes(3)), Kind.RATE_LIMITED, "could not push app: ");
    }

    @Test
    void webPagesAreTriedThreeTimesOnly() throws Exception {
        Retries retries = new Retries(
                new RetryPolicy(9, NONE, NONE, Duration.ofHours(1)), registry -> Optional.empty(), event -> {});
        fails(retries, Kind.WEB_PAGE);
        fails(retries, Kind.WEB_PAGE);

        isOver(retries, Kind.WEB_PAGE, "could not push app in 3 attempts: what answers at r.example is no registry");
    }
}

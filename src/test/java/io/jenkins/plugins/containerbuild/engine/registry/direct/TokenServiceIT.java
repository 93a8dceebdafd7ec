package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.testkit.FaultProxy;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.TestTokenService;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry that takes the tokens of a token service. */
@WithRegistry(RegistryKind.PLAIN)
class TokenServiceIT {

    /** All requests but one need far less, and a token's time is of whole seconds. */
    private static final Duration SHORT = Duration.ofSeconds(5);

    private static TestTokenService tokens;
    private static TestRegistry registry;

    @BeforeAll
    static void start() {
        tokens = new TestTokenService().knows("alice", "of-alice").knows("bob", "of-bob");
        registry = TestRegistry.withTokensOf(tokens);
    }

    @AfterAll
    static void end() {
        registry.close();
        tokens.close();
    }

    @BeforeEach
    void longLife() {
        tokens.life(Duration.ofMinutes(5));
        tokens.forget();
    }

    private static RegistryClientUnderTest as(String account, String address) throws Exception {
        RegistryEntry entry = new RegistryEntry(
                account, RegistryAddress.parse(address), null, "login-of-" + account, true, false, false);
        return RegistryClientUnderTest.with(
                Registries.of(List.of(entry)),
                asked -> asked.id().equals(account)
                        ? Optional.of(RegistryCredentials.password(account, Secret.of("of-" + account)))
                        : Optional.empty());
    }

    private static String newRepository(String account, String actions) {
        String repository = "team/app-" + UUID.randomUUID();
        tokens.allows(account, repository, actions);
        return repository;
    }

    private static ImageReference source(TestRegistry open) {
        CraftedImages images = new CraftedImages(open);
        images.image("1", "amd64");
        return ImageReference.parse(images.name() + ":1");
    }

    private static CopyResult push(RegistryClientUnderTest under, ImageReference source, String name) throws Exception {
        return under.client().copy(new CopyRequest(source, List.of(ImageReference.parse(name)), false));
    }

    private static void has(RegistryClientUnderTest under, String name, CopyResult pushed) throws Exception {
        assertThat(under.client()
                        .inspect(new InspectRequest(ImageReference.parse(name), null))
                        .digest())
                .isEqualTo(pushed.digest());
    }

    @Test
    void rightsAreAskedForAsTheyAreNeeded(TestRegistry open) throws Exception {
        String repository = newRepository("alice", "pull,push");
        String name = registry.address() + "/" + repository + ":1";
        try (RegistryClientUnderTest under = as("alice", registry.address())) {
            CopyResult pushed = push(under, source(open), name);
            assertThat(tokens.asked()).containsOnly("alice repository:" + repository + ":pull,push");

            tokens.forget();
            has(under, name, pushed);
            assertThat(tokens.asked()).containsExactly("alice repository:" + repository + ":pull");
        }
    }

    @Test
    void rightsThatAreMissingAreNamed(TestRegistry open) throws Exception {
        String repository = newRepository("alice", "pull");
        try (RegistryClientUnderTest under = as("alice", registry.address())) {
            assertThatThrownBy(() -> push(under, source(open), registry.address() + "/" + repository + ":1"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("at the registry " + registry.address()
                            + ", logged in as 'alice', but " + repository
                            + " allows pull only (asked for pull,push; status 401")
                    .hasMessageContaining("Give the account the right")
                    .hasMessageNotContaining("of-alice");
            assertThat(under.events(EngineEvent.Retry.class)).isEmpty();
        }
    }

    @Test
    void anAccountThatIsAllowedNothingIsTold(TestRegistry open) throws Exception {
        try (RegistryClientUnderTest under = as("bob", registry.address())) {
            assertThatThrownBy(() -> under.client()
                            .inspect(new InspectRequest(
                                    ImageReference.parse(registry.address() + "/team/secret:1"), null)))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("logged in as 'bob', but team/secret allows nothing (asked for pull;");
        }
    }

    @Test
    void aTokenThatEndsBetweenTwoRequestsIsNoFailure(TestRegistry open) throws Exception {
        String repository = newRepository("alice", "pull,push");
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                RegistryClientUnderTest under = as("alice", proxy.address())) {
            tokens.life(SHORT);
            proxy.on("PUT", "/manifests/1").first(1).delay(SHORT.plusMillis(1100));
            String name = proxy.address() + "/" + repository + ":1";

            CopyResult pushed = push(under, source(open), name);

            has(under, name, pushed);
            assertThat(under.events(EngineEvent.Retry.class)).isEmpty();
            assertThat(tokens.asked()).hasSizeGreaterThan(1);
        }
    }

    @Test
    void aTokenThatEndsBeforeAnUploadCostsNoAttempt(TestRegistry open) throws Exception {
        String repository = newRepository("alice", "pull,push");
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                RegistryClientUnderTest under = as("alice", proxy.address())) {
            tokens.life(SHORT);
            proxy.on("PUT", "/blobs/uploads/").first(1).delay(SHORT.plusMillis(1100));
            String name = proxy.address() + "/" + repository + ":1";

            CopyResult pushed = push(under, source(open), name);

            has(under, name, pushed);
            assertThat(under.events(EngineEvent.Retry.class)).singleElement().satisfies(retry -> {
                assertThat(retry.delay()).isZero();
                assertThat(retry.reason()).contains("401");
            });
        }
    }

    @Test
    void twoAccountsPushSideBySide(TestRegistry open) throws Exception {
        ExecutorService builds = Executors.newFixedThreadPool(2);
        try (RegistryClientUnderTest alice = as("alice", registry.address());
                RegistryClientUnderTest bob = as("bob", registry.address())) {
            String ofAlice = newRepository("alice", "pull,push");
            String ofBob = newRepository("bob", "pull,push");
            ImageReference source = source(open);
            for (int round = 0; round < 5; round++) {
                String first = registry.address() + "/" + ofAlice + ":" + round;
                String second = registry.address() + "/" + ofBob + ":" + round;
                Future<CopyResult> one = builds.submit(() -> push(alice, source, first));
                Future<CopyResult> other = builds.submit(() -> push(bob, source, second));
                has(alice, first, one.get());
                has(bob, second, other.get());
            }
            assertThatThrownBy(() -> push(alice, source, registry.address() + "/" + ofBob + ":stolen"))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("logged in as 'alice', but " + ofBob + " allows nothing");
            assertThat(tokens.asked()).noneMatch(asked -> asked.startsWith("bob") && asked.contains(ofAlice));
        } finally {
            builds.shutdownNow();
        }
    }
}

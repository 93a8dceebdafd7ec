package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.testkit.FaultProxy;
import io.jenkins.plugins.containerbuild.testkit.FaultRule;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Merging in real registries, on good and on bad days. */
@WithEngine
class MergeRegistriesIT {

    @TempDir
    private Path folder;

    private String repository;
    private PushedReference amd64;
    private PushedReference arm64;

    @BeforeEach
    void twoAgentsPushed(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        repository = "agents/" + UUID.randomUUID();
        String name = registry.address() + "/" + repository;
        amd64 = ScratchImages.push(daemon, folder, name + ":amd64", "linux/amd64");
        arm64 = ScratchImages.push(daemon, folder, name + ":arm64", "linux/arm64");
    }

    private static Registries known(String address) throws Exception {
        return Registries.of(List.of(
                new RegistryEntry("nexus", RegistryAddress.parse(address), null, "nexus-login", false, false, false)));
    }

    /** Only the registry of the entry wants a login; the one that the agents pushed to does not. */
    private static CredentialsSource login(String password) {
        return entry -> entry.credentialsId() == null
                ? Optional.empty()
                : RegistryClientUnderTest.login(password).credentialsFor(entry);
    }

    private MergeRequest into(String... names) {
        return request(List.of(amd64.pinned(), arm64.pinned()), names);
    }

    private static MergeRequest request(List<ImageReference> sources, String... names) {
        return new MergeRequest(
                sources, List.of(names).stream().map(ImageReference::parse).toList(), Map.of());
    }

    /** The same images, asked for through a proxy. */
    private List<ImageReference> through(FaultProxy proxy) {
        return List.of(amd64, arm64).stream()
                .map(pushed -> ImageReference.parse(proxy.address() + "/" + repository + "@" + pushed.digest()))
                .toList();
    }

    @Test
    void aNeighbouringRepositoryTakesLayersOverWithoutATransfer(@WithRegistry TestRegistry registry) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            String release = "release/" + UUID.randomUUID();

            MergeResult result = under.client().merge(request(through(proxy), proxy.address() + "/" + release + ":1"));

            assertThat(registry.manifestDigest(release, "1"))
                    .hasValue(result.digest().toString());
            assertThat(registry.manifest(release, arm64.digest().toString()))
                    .isEqualTo(registry.manifest(repository, arm64.digest().toString()))
                    .isPresent();
            assertThat(proxy.count("PUT", "/blobs/uploads/")).isZero();
            assertThat(proxy.count("POST", release + "/blobs/uploads/")).isEqualTo(4);
        }
    }

    @Test
    void whatCannotBeTakenOverIsCopied(@WithRegistry TestRegistry registry) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            String release = "release/" + UUID.randomUUID();
            // Another address: a registry that is not known to be the same.
            MergeResult result = under.client().merge(into(proxy.address() + "/" + release + ":1"));

            assertThat(registry.manifestDigest(release, "1"))
                    .hasValue(result.digest().toString());
            assertThat(proxy.count("PUT", release + "/blobs/uploads/")).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PASSWORD", "TLS"})
    void imagesOfAnotherRegistryAreBroughtAlong(RegistryKind kind) throws Exception {
        try (TestRegistry other = TestRegistry.start(kind);
                RegistryClientUnderTest under =
                        RegistryClientUnderTest.with(known(other.address()), login(TestRegistry.PASSWORD))) {
            MergeResult result = under.client()
                    .merge(into(other.address() + "/release/app:1.0", other.address() + "/release/app:latest"));

            assertThat(result.pushed())
                    .extracting(pushed -> pushed.reference().tag())
                    .containsExactly("1.0", "latest");
            for (String tag : List.of("1.0", "latest")) {
                assertThat(other.manifestDigest("release/app", tag))
                        .hasValue(result.digest().toString());
            }
            for (PushedReference image : List.of(amd64, arm64)) {
                assertThat(other.manifestDigest("release/app", image.digest().toString()))
                        .hasValue(image.digest().toString());
            }
            assertThat(under.log()).doesNotContain(TestRegistry.PASSWORD);
        }
    }

    @Test
    void oneIndexGoesToSeveralRegistries(
            @WithRegistry TestRegistry registry, @WithRegistry(RegistryKind.PASSWORD) TestRegistry other)
            throws Exception {
        try (RegistryClientUnderTest under =
                RegistryClientUnderTest.with(known(other.address()), login(TestRegistry.PASSWORD))) {
            String name = "/release/" + UUID.randomUUID();

            MergeResult result =
                    under.client().merge(into(registry.address() + name + ":1", other.address() + name + ":1"));

            for (TestRegistry each : List.of(registry, other)) {
                assertThat(each.manifestDigest(name.substring(1), "1"))
                        .hasValue(result.digest().toString());
            }
        }
    }

    @Test
    void credentialsAreAskedForOnlyWhenARegistryWantsThem(@WithRegistry TestRegistry registry) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CredentialsSource counting = entry -> {
            asked.incrementAndGet();
            return Optional.empty();
        };
        try (RegistryClientUnderTest under = RegistryClientUnderTest.with(known(registry.address()), counting)) {
            under.client().merge(into(registry.address() + "/" + repository + ":1"));

            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void aTokenThatExpiredIsAskedForOnceMore(@WithRegistry(RegistryKind.PASSWORD) TestRegistry other) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CredentialsSource expiring = entry -> entry.credentialsId() == null
                ? Optional.empty()
                : Optional.of(RegistryCredentials.password(
                        TestRegistry.USERNAME,
                        Secret.of(asked.incrementAndGet() == 1 ? "expired" : TestRegistry.PASSWORD)));
        try (RegistryClientUnderTest under = RegistryClientUnderTest.with(known(other.address()), expiring)) {
            MergeResult result = under.client().merge(into(other.address() + "/release/expired:1"));

            assertThat(asked).hasValue(2);
            assertThat(other.manifestDigest("release/expired", "1"))
                    .hasValue(result.digest().toString());
        }
    }

    @Test
    void wrongCredentialsNameAccountRegistryAndCredentials(@WithRegistry(RegistryKind.PASSWORD) TestRegistry other)
            throws Exception {
        try (RegistryClientUnderTest under =
                RegistryClientUnderTest.with(known(other.address()), login("not-the-password"))) {
            assertThatThrownBy(() -> under.client().merge(into(other.address() + "/release/denied:1")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining(other.address() + "/release/denied")
                    .hasMessageContaining("logged in as 'tester'")
                    .hasMessageContaining("Check the credentials 'nexus-login'")
                    .hasMessageNotContaining("not-the-password");
            assertThat(under.log()).doesNotContain("not-the-password");
        }
    }

    @Test
    void noCredentialsSaySo(@WithRegistry(RegistryKind.PASSWORD) TestRegistry other) throws Exception {
        try (RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            assertThatThrownBy(() -> under.client().merge(into(other.address() + "/release/anonymous:1")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("without a login")
                    .hasMessageContaining("Choose credentials");
        }
    }

    @Test
    void aSourceThatIsNotThereIsNamedAndNothingIsPushed(@WithRegistry TestRegistry registry) throws Exception {
        ImageReference missing = ImageReference.parse(registry.address() + "/" + repository + ":riscv64");
        try (RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            assertThatThrownBy(() -> under.client()
                            .merge(request(
                                    List.of(amd64.pinned(), missing), registry.address() + "/" + repository + ":1")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("could not read the image " + missing.familiar())
                    .hasMessageContaining("Check the name and the tag");

            assertThat(registry.manifestDigest(repository, "1")).isEmpty();
            assertThat(under.events(EngineEvent.Retry.class)).isEmpty();
        }
    }

    @Test
    void twoImagesForOnePlatformAreBothNamed(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        PushedReference second =
                ScratchImages.push(daemon, folder, registry.address() + "/" + repository + ":again", "linux/arm64");
        try (RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            assertThatThrownBy(() -> under.client()
                            .merge(request(
                                    List.of(arm64.reference(), amd64.pinned(), second.pinned()),
                                    registry.address() + "/" + repository + ":1")))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("linux/arm64")
                    .hasMessageContaining(arm64.reference().familiar())
                    .hasMessageContaining(second.pinned().familiar());
            assertThat(registry.manifestDigest(repository, "1")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /manifests/1, 503, text/html, 503",
        "PUT, /manifests/1, 500, application/json, as told by the test",
        "GET, /manifests/, 408, text/plain, 408",
        "POST, /blobs/uploads/, 502, text/html, 502"
    })
    void aPassingFaultIsTriedAgainInSight(
            String method, String path, int status, String type, String words, @WithRegistry TestRegistry registry)
            throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            String body = type.endsWith("json")
                    ? "{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"as told by the test\"}]}"
                    : "<html>no";
            proxy.on(method, path).first(1).answer(status, Map.of(), type, body);
            String release = "release/" + UUID.randomUUID();

            under.client().merge(request(through(proxy), proxy.address() + "/" + release + ":1"));

            assertThat(registry.manifestDigest(release, "1")).isPresent();
            assertThat(under.events(EngineEvent.Retry.class)).singleElement().satisfies(retry -> {
                assertThat(retry.action()).contains(proxy.address());
                assertThat(retry.reason()).contains(words);
            });
        }
    }

    @Test
    void waitsAsLongAsTheRegistryAsks(@WithRegistry TestRegistry registry) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            proxy.on("PUT", "/manifests/1")
                    .first(1)
                    .answer(429, Map.of("Retry-After", "3"), "application/json", "{\"errors\":[]}");

            under.client().merge(request(through(proxy), proxy.address() + "/" + repository + ":1"));

            assertThat(under.events(EngineEvent.Retry.class))
                    .extracting(EngineEvent.Retry::delay)
                    .containsExactly(Duration.ofSeconds(3));
        }
    }

    @Test
    void aRegistryThatStaysOutOfOrderIsToldOf(@WithRegistry TestRegistry registry) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            proxy.on("PUT", "/manifests/").always().answer(403, Map.of(), "application/json", "{\"errors\":[]}");

            assertThatThrownBy(() ->
                            under.client().merge(request(through(proxy), proxy.address() + "/" + repository + ":1")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("could not push " + proxy.address() + "/" + repository + ":1")
                    .hasMessageContaining("Give the account the right");
            assertThat(under.events(EngineEvent.Retry.class)).isEmpty();
        }
    }

    @Test
    void aLayerThatBreaksOffIsReadAgain(
            @WithRegistry TestRegistry registry, @WithRegistry(RegistryKind.PASSWORD) TestRegistry other)
            throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                RegistryClientUnderTest under =
                        RegistryClientUnderTest.with(known(other.address()), login(TestRegistry.PASSWORD))) {
            // The sources' configurations are read before: the platforms are in them.
            proxy.on("GET", "/blobs/").onlyNumber(4).cutResponseAfter(100);
            String release = "release/" + UUID.randomUUID();

            MergeResult result = under.client().merge(request(through(proxy), other.address() + "/" + release + ":1"));

            assertThat(other.manifestDigest(release, "1"))
                    .hasValue(result.digest().toString());
            assertThat(under.events(EngineEvent.Retry.class))
                    .singleElement()
                    .satisfies(retry -> assertThat(retry.action()).startsWith("copy sha256:"));
        }
    }

    @Test
    void contentThatIsNotWhatItsDigestSaysIsRefused(
            @WithRegistry TestRegistry registry, @WithRegistry(RegistryKind.PASSWORD) TestRegistry other)
            throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                RegistryClientUnderTest under =
                        RegistryClientUnderTest.with(known(other.address()), login(TestRegistry.PASSWORD))) {
            proxy.on("GET", "/manifests/" + arm64.digest())
                    .always()
                    .answer(
                            200,
                            Map.of("Docker-Content-Digest", arm64.digest().toString()),
                            MediaTypes.DOCKER_MANIFEST,
                            registry.manifest(repository, "amd64").orElseThrow());

            assertThatThrownBy(
                            () -> under.client().merge(request(through(proxy), other.address() + "/release/forged:1")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("could not read the image " + proxy.address())
                    .hasMessageContaining(
                            "has the digest " + amd64.digest() + ", not " + arm64.digest() + " as it should");
            assertThat(other.manifestDigest("release/forged", "1")).isEmpty();
        }
    }

    @Test
    void aNameThatAnotherBuildTookIsNoSuccess(@WithRegistry TestRegistry registry) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            proxy.on("GET", "/manifests/1")
                    .always()
                    .answer(
                            200,
                            Map.of(),
                            MediaTypes.DOCKER_MANIFEST,
                            registry.manifest(repository, "amd64").orElseThrow());

            assertThatThrownBy(() ->
                            under.client().merge(request(through(proxy), proxy.address() + "/" + repository + ":1")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("the registry now has " + amd64.digest())
                    .hasMessageContaining("Another build may have pushed");
        }
    }

    @Test
    void aRegistryThatIsDownComesBackDuringTheRetries() throws Exception {
        try (TestRegistry other = TestRegistry.plain();
                RegistryClientUnderTest under = RegistryClientUnderTest.with(
                        Registries.of(List.of(new RegistryEntry(
                                "plain", RegistryAddress.parse(other.address()), null, null, true, false, false))),
                        CredentialsSource.ANONYMOUS)) {
            other.stop();
            Thread repair = new Thread(() -> {
                while (under.events(EngineEvent.Retry.class).isEmpty()) {
                    Thread.onSpinWait();
                }
                other.start();
            });
            repair.start();
            under.client().merge(into(other.address() + "/release/down:1"));
            repair.join();

            assertThat(other.manifestDigest("release/down", "1")).isPresent();
        }
    }

    @Test
    void anInterruptionCutsTheConnectionsAtOnce(@WithRegistry TestRegistry registry) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            FaultRule.Held held = proxy.on("PUT", "/manifests/1").onlyNumber(1).hold();
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread call = new Thread(() -> {
                try {
                    under.client().merge(request(through(proxy), proxy.address() + "/" + repository + ":1"));
                } catch (Exception e) {
                    thrown.set(e);
                }
            });
            call.start();
            assertThat(held.awaitReached(Duration.ofSeconds(30))).isTrue();

            call.interrupt();
            call.join(Duration.ofSeconds(10).toMillis());

            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("container-build registry client");
            held.release();
        }
    }

    @Test
    void aDigestCannotBeChosen() throws Exception {
        try (RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            assertThatThrownBy(() -> under.client()
                            .merge(request(
                                    List.of(amd64.pinned()), amd64.pinned().toString())))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("cannot be chosen");
        }
    }
}

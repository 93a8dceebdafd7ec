package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.FaultProxy;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pushes that BuildKit does by itself fail and are tried again as the Engine's own are. */
@WithEngine(EngineKind.ENGINE_26_CONTAINERD)
class BuildKitPushIT {

    @TempDir
    private Path folder;

    private static Registries known(RegistryEntry... entries) {
        return Registries.of(List.of(entries));
    }

    private static RegistryEntry entry(String id, String address, String prefix, String credentials) throws Exception {
        return new RegistryEntry(id, RegistryAddress.parse(address), prefix, credentials, false, false, false);
    }

    private static CredentialsSource login(String password) {
        return entry -> Optional.of(RegistryCredentials.password(TestRegistry.USERNAME, Secret.of(password)));
    }

    private BuildRequest request(String... names) throws Exception {
        return builder(names).build();
    }

    private BuildRequest.Builder builder(String... names) throws Exception {
        dockerfile(
                folder,
                "FROM base:1",
                "RUN echo built " + UUID.randomUUID() + " && dd if=/dev/urandom of=/r bs=1k count=99");
        return BuildRequest.of(folder.toString())
                .root(folder.toString())
                .tags(List.of(names).stream().map(ImageReference::parse).toList())
                .push(true);
    }

    /** The error document of the distribution specification, with one of its codes. */
    private static String error(String code) {
        return "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"as told by the test\"}]}";
    }

    @ParameterizedTest
    @CsvSource({
        "4, 503, text/html, UNAVAILABLE, 503",
        "6, 429, application/json, TOOMANYREQUESTS, 429",
        "6, 408, text/plain, , 408"
    })
    void aPassingFaultIsTriedAgainInSightWithoutBuildingAgain(
            int times,
            int status,
            String type,
            String code,
            String words,
            TestEngine daemon,
            @WithRegistry TestRegistry registry)
            throws Exception {
        String repository = "kitpush/passing" + status;
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            String body = type.endsWith("json") ? error(code) : "<html>" + code + "</html>";
            // BuildKit has patience of its own, of which the log tells nothing; these are as many faults as end it.
            proxy.on("PUT", "/manifests/").first(times).answer(status, Map.of(), type, body);

            BuildResult result = under.engine()
                    .build(builder(proxy.address() + "/" + repository + ":1")
                            .noCache(true)
                            .outputs(List.of(BuildOutput.parse("type=tar,dest=out.tar")))
                            .build());

            assertThat(registry.manifestDigest(repository, "1"))
                    .hasValue(result.digest().toString());
            assertThat(under.events(EngineEvent.Retry.class)).singleElement().satisfies(retry -> {
                assertThat(retry.action()).contains(proxy.address() + "/" + repository + ":1");
                assertThat(retry.reason()).contains(words);
            });
            assertThat(under.events(EngineEvent.StepOutput.class))
                    .filteredOn(output -> output.line().startsWith("built "))
                    .hasSize(1);
            assertThat(result.steps())
                    .filteredOn(step -> step.name().contains("RUN"))
                    .hasSize(1);
            assertThat(FileOutputs.entries(folder.resolve("out.tar"))).containsKey("r");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHORIZED, Choose credentials",
        "403, DENIED, Give the account the right",
        "404, NAME_UNKNOWN, Check the name"
    })
    void aFinalFaultIsNotTriedAgain(
            int status, String code, String words, TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            proxy.on("PUT", "/manifests/").always().answer(status, Map.of(), "application/json", error(code));
            String name = proxy.address() + "/kitpush/final" + status + ":1";

            assertThatThrownBy(() -> under.engine().build(request(name)))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("could not push " + name)
                    .hasMessageContaining(words)
                    .hasMessageNotContaining("rpc error");
            assertThat(under.events(EngineEvent.Retry.class)).isEmpty();
        }
    }

    @Test
    void waitsAsLongAsTheRegistryAsks(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = EngineUnderTest.withBuildKit(
                        daemon,
                        known(new RegistryEntry(
                                "plain", RegistryAddress.parse(proxy.address()), null, null, true, false, false)),
                        CredentialsSource.ANONYMOUS)) {
            Map<String, String> wait = Map.of("Retry-After", "4");
            proxy.on("PUT", "/manifests/").first(6).answer(429, wait, "application/json", error("TOOMANYREQUESTS"));
            proxy.on("GET", "/v2/").always().answer(429, wait, "text/plain", "slow down");

            under.engine().build(request(proxy.address() + "/kitpush/patient:1"));

            assertThat(under.events(EngineEvent.Retry.class))
                    .extracting(EngineEvent.Retry::delay)
                    .containsExactly(Duration.ofSeconds(4));
        }
    }

    @Test
    void aTokenThatExpiredIsAskedForOnceMore(
            TestEngine daemon, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry) throws Exception {
        AtomicReference<EngineUnderTest> opened = new AtomicReference<>();
        CredentialsSource expiring = entry -> Optional.of(RegistryCredentials.password(
                TestRegistry.USERNAME,
                Secret.of(opened.get().events(EngineEvent.Retry.class).isEmpty() ? "expired" : TestRegistry.PASSWORD)));

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(
                daemon, known(entry("nexus", registry.address(), null, "nexus-login")), expiring)) {
            opened.set(under);
            under.engine().build(request(registry.address() + "/kitpush/expired:1"));

            assertThat(registry.manifestDigest("kitpush/expired", "1")).isPresent();
            assertThat(under.events(EngineEvent.Retry.class)).hasSize(1);
        }
    }

    @Test
    void wrongCredentialsNameAccountRegistryAndCredentials(
            TestEngine daemon, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(
                daemon, known(entry("nexus", registry.address(), null, "nexus-login")), login("not-the-password"))) {
            String name = registry.address() + "/kitpush/denied:1";

            assertThatThrownBy(() -> under.engine().build(request(name)))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("push " + name)
                    .hasMessageContaining("logged in as 'tester'")
                    .hasMessageContaining("Check the credentials 'nexus-login'")
                    .hasMessageNotContaining("not-the-password");
            assertThat(under.log()).doesNotContain("not-the-password");
        }
    }

    @Test
    void noCredentialsSaySo(TestEngine daemon, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry)
            throws Exception {
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            assertThatThrownBy(() -> under.engine().build(request(registry.address() + "/kitpush/anonymous:1")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("without a login")
                    .hasMessageContaining("Choose credentials");
        }
    }

    @Test
    void theLoginOfTheTagsPrefixIsUsed(TestEngine daemon, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry)
            throws Exception {
        Registries registries = known(
                entry("first", registry.address(), "other", "wrong"),
                entry("second", registry.address(), "kitpush", "right"));

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon, registries, byId("right"))) {
            BuildResult result = under.engine().build(request(registry.address() + "/kitpush/prefix:1"));

            assertThat(result.imageId()).isNull();
            assertThat(registry.manifestDigest("kitpush/prefix", "1"))
                    .hasValue(result.digest().toString());
        }
    }

    private static CredentialsSource byId(String right) {
        return entry -> Optional.of(RegistryCredentials.password(
                TestRegistry.USERNAME,
                Secret.of(right.equals(entry.credentialsId()) ? TestRegistry.PASSWORD : "not-the-password")));
    }

    @Test
    void theEnginePushesWhereOneRegistryHasSeveralAccounts(
            TestEngine daemon, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry) throws Exception {
        Registries registries = known(
                entry("one", registry.address(), "kitpush/one", "one-login"),
                entry("two", registry.address(), "kitpush/two", "two-login"));
        List<String> asked = new CopyOnWriteArrayList<>();
        CredentialsSource source = entry -> {
            asked.add(entry.credentialsId());
            return login(TestRegistry.PASSWORD).credentialsFor(entry);
        };

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon, registries, source)) {
            BuildResult result = under.engine()
                    .build(request(
                            registry.address() + "/kitpush/one/app:1", registry.address() + "/kitpush/two/app:1"));

            assertThat(result.pushed()).hasSize(2);
            assertThat(asked).contains("one-login", "two-login");
            assertThat(result.imageId()).isNotNull();
            assertThat(registry.manifestDigest("kitpush/two/app", "1"))
                    .hasValue(result.digest().toString());
            assertThat(under.log()).contains("different logins at one registry");
        }
    }

    @Test
    void aRegistryWhoseCertificateIsNotCheckedNeedsNothingButItsEntry(TestEngine daemon) throws Exception {
        try (TestRegistry registry = TestRegistry.startAt("127.0.0.2", RegistryKind.TLS);
                EngineUnderTest under = EngineUnderTest.withBuildKit(
                        daemon,
                        known(new RegistryEntry(
                                "selfsigned",
                                RegistryAddress.parse(registry.address()),
                                null,
                                "login",
                                false,
                                true,
                                false)),
                        login(TestRegistry.PASSWORD))) {
            BuildResult result = under.engine().build(request(registry.address() + "/kitpush/insecure:1"));

            assertThat(registry.manifestDigest("kitpush/insecure", "1"))
                    .hasValue(result.digest().toString());
        }
    }

    @Test
    void aRegistryThatIsDownComesBackDuringTheRetries(TestEngine daemon) throws Exception {
        try (TestRegistry registry = TestRegistry.plain()) {
            registry.stop();
            try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
                Thread repair = new Thread(() -> {
                    while (under.events(EngineEvent.Retry.class).isEmpty()) {
                        Thread.onSpinWait();
                    }
                    registry.start();
                });
                repair.start();
                under.engine().build(request(registry.address() + "/kitpush/down:1"));
                repair.join();

                assertThat(registry.manifestDigest("kitpush/down", "1")).isPresent();
            }
        }
    }
}

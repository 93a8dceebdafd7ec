package io.jenkins.plugins.containerbuild.engine.registry;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.testkit.FaultProxy;
import io.jenkins.plugins.containerbuild.testkit.FaultRule;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@WithEngine
class PushIT {

    @TempDir
    private Path folder;

    private static PushRequest base(String address, String repository) {
        return new PushRequest(
                ImageSelector.parse("base:1"), List.of(ImageReference.parse(address + "/" + repository + ":1")));
    }

    private static Registries known(String address) throws Exception {
        return Registries.of(List.of(
                new RegistryEntry("nexus", RegistryAddress.parse(address), null, "nexus-login", true, false, false)));
    }

    private static CredentialsSource login(String password) {
        return entry -> Optional.of(RegistryCredentials.password(TestRegistry.USERNAME, Secret.of(password)));
    }

    @Test
    void pushesEveryNameAndTellsTheRegistrysDigest(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        ImageReference one = ImageReference.parse(registry.address() + "/push/one:1");
        ImageReference latest = ImageReference.parse(registry.address() + "/push/two");

        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            PushResult result =
                    under.engine().push(new PushRequest(ImageSelector.parse("base:1"), List.of(one, latest)));

            assertThat(result.pushed())
                    .extracting(pushed -> pushed.reference().familiar())
                    .containsExactly(one.familiar(), latest.familiar() + ":latest");
            String digest = result.pushed().get(0).digest().toString();
            assertThat(registry.manifestDigest("push/one", "1")).hasValue(digest);
            assertThat(registry.manifestDigest("push/two", "latest")).hasValue(digest);
            assertThat(result.pushed().get(0).pinned().toString()).endsWith("@" + digest);
        }
    }

    @Test
    void aBuildPushesItsTags(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        dockerfile(folder, "FROM base:1", "LABEL unique=" + UUID.randomUUID());
        ImageReference name = ImageReference.parse(registry.address() + "/push/built:1");

        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            BuildResult result = under.engine()
                    .build(BuildRequest.of(folder.toString())
                            .tags(List.of(name))
                            .push(true)
                            .build());

            assertThat(result.digest()).isNotNull().isNotEqualTo(result.imageId());
            assertThat(registry.manifestDigest("push/built", "1"))
                    .hasValue(result.digest().toString());
        }
    }

    @Test
    void logsInWithTheCredentialsOfTheEntry(
            TestEngine daemon, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry) throws Exception {
        try (EngineUnderTest under =
                EngineUnderTest.on(daemon, known(registry.address()), login(TestRegistry.PASSWORD))) {
            PushResult result = under.engine().push(base(registry.address(), "push/login"));

            assertThat(registry.manifestDigest("push/login", "1"))
                    .hasValue(result.pushed().get(0).digest().toString());
            assertThat(under.log()).doesNotContain(TestRegistry.PASSWORD);
        }
    }

    @Test
    void baseImagesOfAPrivateRegistryArePulledWithItsCredentials(
            TestEngine daemon, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry) throws Exception {
        try (EngineUnderTest under =
                EngineUnderTest.on(daemon, known(registry.address()), login(TestRegistry.PASSWORD))) {
            under.engine().push(base(registry.address(), "private/base"));
            daemon.removeImage(registry.address() + "/private/base:1");
            dockerfile(folder, "FROM " + registry.address() + "/private/base:1", "LABEL a=b");

            BuildResult result = under.engine()
                    .build(BuildRequest.of(folder.toString()).pull(true).build());

            assertThat(result.imageId()).isNotNull();
        }
    }

    @Test
    void aBuildAsksOnlyForTheLoginsThatItMayNeed(TestEngine daemon) throws Exception {
        List<String> asked = new ArrayList<>();
        CredentialsSource source = entry -> {
            asked.add(entry.id());
            return Optional.empty();
        };
        Registries registries = Registries.of(List.of(
                new RegistryEntry("named", RegistryAddress.parse("named.example"), null, "a", false, false, false),
                new RegistryEntry("argument", RegistryAddress.parse("arg.example"), null, "b", false, false, false),
                new RegistryEntry("other", RegistryAddress.parse("other.example"), null, "c", false, false, false),
                new RegistryEntry("chosen", RegistryAddress.parse("chosen.example"), null, "d", false, false, false)));
        dockerfile(folder, "FROM base:1 AS local", "FROM named.example/never AS never", "FROM local");

        // BuildKit asks for each one at the moment it needs it; this one has to know beforehand.
        EndpointRequest classic = new EndpointRequest(daemon.uri().toString(), null, Map.of("DOCKER_BUILDKIT", "0"));
        try (EngineUnderTest under = EngineUnderTest.at(classic, registries.choosing("chosen"), source)) {
            under.engine()
                    .build(BuildRequest.of(folder.toString())
                            .target("local")
                            .buildArgs(Map.of("BASE", "arg.example/team/base"))
                            .build());
        }

        assertThat(asked).containsExactly("named", "argument", "chosen");
    }

    @Test
    void aTokenThatExpiredIsAskedForOnceMore(
            TestEngine daemon, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CredentialsSource expiring = entry -> Optional.of(RegistryCredentials.password(
                TestRegistry.USERNAME, Secret.of(asked.incrementAndGet() == 1 ? "expired" : TestRegistry.PASSWORD)));

        try (EngineUnderTest under = EngineUnderTest.on(daemon, known(registry.address()), expiring)) {
            under.engine().push(base(registry.address(), "push/expired"));

            // The third time is for the look whether the registry has it.
            assertThat(asked).hasValue(3);
            assertThat(registry.manifestDigest("push/expired", "1")).isPresent();
        }
    }

    @Test
    void wrongCredentialsNameAccountRegistryAndCredentials(
            TestEngine daemon, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon, known(registry.address()), login("not-the-password"))) {
            assertThatThrownBy(() -> under.engine().push(base(registry.address(), "push/denied")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("push " + registry.address() + "/push/denied:1")
                    .hasMessageContaining("logged in as 'tester'")
                    .hasMessageContaining("Check the credentials 'nexus-login'")
                    .hasMessageNotContaining("not-the-password");
            assertThat(under.log()).doesNotContain("not-the-password");
        }
    }

    @Test
    void noCredentialsSaySo(TestEngine daemon, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry)
            throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            assertThatThrownBy(() -> under.engine().push(base(registry.address(), "push/anonymous")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("without a login")
                    .hasMessageContaining("Choose credentials");
        }
    }

    @Test
    void anUntrustedCertificateSaysWhereToPutTheAuthority(TestEngine daemon) throws Exception {
        // Loopback addresses need no certificate, this machine's other ones do.
        try (TestRegistry registry = TestRegistry.startAt("127.0.0.2", RegistryKind.TLS)) {
            daemon.trust(registry);
            try (EngineUnderTest under =
                    EngineUnderTest.on(daemon, known(registry.address()), login(TestRegistry.PASSWORD))) {
                PushResult result = under.engine().push(base(registry.address(), "push/tls"));

                assertThat(registry.manifestDigest("push/tls", "1"))
                        .hasValue(result.pushed().get(0).digest().toString());
            }
        }
    }

    /** The error document of the distribution specification, with one of its codes. */
    private static String error(String code) {
        return "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"as told by the test\"}]}";
    }

    @ParameterizedTest
    @CsvSource({
        "500, application/json, UNKNOWN, 500",
        "503, text/html, UNAVAILABLE, 503",
        "429, application/json, TOOMANYREQUESTS, toomanyrequests",
        "408, text/plain, , 408"
    })
    void aPassingFaultIsTriedAgainInSight(
            int status, String type, String code, String words, TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        String repository = "push/passing" + status;
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            String body = type.endsWith("json") ? error(code) : "<html>" + code + "</html>";
            proxy.on("PUT", "/manifests/").onlyNumber(1).answer(status, Map.of(), type, body);

            under.engine().push(base(proxy.address(), repository));

            assertThat(registry.manifestDigest(repository, "1")).isPresent();
            assertThat(under.events(EngineEvent.Retry.class)).singleElement().satisfies(retry -> {
                assertThat(retry.action()).contains(proxy.address() + "/" + repository + ":1");
                assertThat(retry.reason()).contains(words);
            });
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
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            proxy.on("PUT", "/manifests/").always().answer(status, Map.of(), "application/json", error(code));

            assertThatThrownBy(() -> under.engine().push(base(proxy.address(), "push/final" + status)))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining(proxy.address())
                    .hasMessageContaining(words);
            assertThat(under.events(EngineEvent.Retry.class)).isEmpty();
        }
    }

    @Test
    void waitsAsLongAsTheRegistryAsks(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under =
                        EngineUnderTest.on(daemon, known(proxy.address()), CredentialsSource.ANONYMOUS)) {
            Map<String, String> wait = Map.of("Retry-After", "4");
            proxy.on("PUT", "/manifests/")
                    .onlyNumber(1)
                    .answer(429, wait, "application/json", error("TOOMANYREQUESTS"));
            // The daemon's own ping comes first; the second one is the question how long to wait.
            proxy.on("GET", "/v2/").onlyNumber(2).answer(429, wait, "text/plain", "slow down");

            under.engine().push(base(proxy.address(), "push/patient"));

            assertThat(under.events(EngineEvent.Retry.class))
                    .extracting(EngineEvent.Retry::delay)
                    .containsExactly(Duration.ofSeconds(4));
        }
    }

    @Test
    void aRegistryThatAnswersHtmlIsNoRegistry(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            for (String method : List.of("GET", "HEAD", "POST")) {
                proxy.on(method, "/").always().answerHtml(404);
            }

            assertThatThrownBy(() -> under.engine().push(base(proxy.address(), "push/html")))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining(proxy.address())
                    .hasMessageContaining("no registry");
        }
    }

    @Test
    void aConnectionThatIsCutComesBack(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN dd if=/dev/urandom of=/random bs=1k count=512");
        ImageReference name;
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            proxy.on("PATCH", "/blobs/uploads/").first(1).cutRequestAfter(20_000);
            name = ImageReference.parse(proxy.address() + "/push/cut:1");

            BuildResult result = under.engine()
                    .build(BuildRequest.of(folder.toString())
                            .tags(List.of(name))
                            .push(true)
                            .build());

            assertThat(registry.manifestDigest("push/cut", "1"))
                    .hasValue(result.digest().toString());
            assertThat(proxy.count("PATCH", "/blobs/uploads/")).isGreaterThan(1);
        }
    }

    @Test
    void aRegistryThatIsDownComesBackDuringTheRetries(TestEngine daemon) throws Exception {
        try (TestRegistry registry = TestRegistry.plain()) {
            registry.stop();
            try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
                Thread repair = new Thread(() -> {
                    while (under.events(EngineEvent.Retry.class).isEmpty()) {
                        Thread.onSpinWait();
                    }
                    registry.start();
                });
                repair.start();
                under.engine().push(base(registry.address(), "push/down"));
                repair.join();

                assertThat(registry.manifestDigest("push/down", "1")).isPresent();
            }
        }
    }

    @Test
    void twoBuildsWithOneTagNeverSwapImages(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            ImageReference name = ImageReference.parse(proxy.address() + "/push/swap:1");
            dockerfile(folder, "FROM base:1", "LABEL who=mine unique=" + UUID.randomUUID());
            Digest mine = under.engine()
                    .build(BuildRequest.of(folder.toString()).build())
                    .imageId();
            dockerfile(folder, "FROM base:1", "LABEL who=other unique=" + UUID.randomUUID());
            Digest other = under.engine()
                    .build(BuildRequest.of(folder.toString()).build())
                    .imageId();
            // The other build takes the name in the moment between our tag and our push.
            FaultRule.Held ping = proxy.on("GET", "/v2/").onlyNumber(1).hold();
            Thread rival = new Thread(() -> {
                try {
                    assertThat(ping.awaitReached(Duration.ofSeconds(30))).isTrue();
                    daemon.client()
                            .tagImageCmd(other.toString(), name.repository(), "1")
                            .exec();
                    ping.release();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            rival.start();
            PushResult result = under.engine().push(new PushRequest(ImageSelector.ofId(mine), List.of(name)));
            rival.join();

            String digest = result.pushed().get(0).digest().toString();
            assertThat(registry.manifestDigest("push/swap", "1")).hasValue(digest);
            assertThat(registry.manifest("push/swap", digest).orElseThrow()).contains(mine.toString());
        }
    }

    @Test
    void aNameThatAnotherBuildTookMeanwhileIsAWarning(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        String other = "sha256:" + "c".repeat(64);
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            proxy.on("HEAD", "/manifests/1")
                    .always()
                    .answer(200, Map.of("Docker-Content-Digest", other), "application/json", "");

            PushResult result = under.engine().push(base(proxy.address(), "push/moved"));

            assertThat(under.events(EngineEvent.Warning.class))
                    .extracting(EngineEvent.Warning::text)
                    .anySatisfy(text -> assertThat(text)
                            .contains("push/moved:1 leads to " + other + " by now")
                            .contains(result.pushed().get(0).digest() + " that was pushed"));
        }
    }

    @Test
    void aRegistryThatThenHasSomethingElseIsNoSuccess(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        String other = "sha256:" + "b".repeat(64);
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            proxy.on("HEAD", "/manifests/1")
                    .always()
                    .answer(200, Map.of("Docker-Content-Digest", other), "application/json", "");

            proxy.on("HEAD", "/manifests/sha256:").always().answer(404);

            assertThatThrownBy(() -> under.engine().push(base(proxy.address(), "push/other")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("could not push " + proxy.address() + "/push/other:1")
                    .hasMessageContaining("the registry now has " + other)
                    .hasMessageContaining(
                            "not " + registry.manifestDigest("push/other", "1").orElseThrow() + " that was pushed");
        }
    }

    @Test
    void aRegistryThatCannotBeReadFromHereIsNoFailure(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            proxy.on("HEAD", "/manifests/1").always().answer(500);

            PushResult result = under.engine().push(base(proxy.address(), "push/unread"));

            assertThat(registry.manifestDigest("push/unread", "1"))
                    .hasValue(result.pushed().get(0).digest().toString());
            assertThat(under.events(EngineEvent.Retry.class)).isEmpty();
        }
    }

    @Test
    void aDigestCannotBeChosen(TestEngine daemon) throws Exception {
        ImageReference pinned = ImageReference.parse("r.example/app@sha256:" + "a".repeat(64));

        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            assertThatThrownBy(
                            () -> under.engine().push(new PushRequest(ImageSelector.parse("base:1"), List.of(pinned))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("cannot be chosen");
        }
    }

    @Test
    void anUnknownImageIsNamed(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            assertThatThrownBy(() -> under.engine()
                            .push(new PushRequest(
                                    ImageSelector.parse("nobody/knows:1"),
                                    List.of(ImageReference.parse("127.0.0.1:1/x:1")))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("nobody/knows:1")
                    .hasMessageContaining("Build or pull it");
        }
    }
}

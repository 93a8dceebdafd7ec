package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static io.jenkins.plugins.containerbuild.engine.registry.direct.DirectPushes.machine;
import static io.jenkins.plugins.containerbuild.engine.registry.direct.RegistryClientUnderTest.login;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.BackgroundCall;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.PushRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PushResult;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryTransport;
import io.jenkins.plugins.containerbuild.testkit.EngineGate;
import io.jenkins.plugins.containerbuild.testkit.FaultProxy;
import io.jenkins.plugins.containerbuild.testkit.FaultRule;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestAuthority;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Registries that a daemon refuses, registries on bad days, and daemons on bad days. */
@WithEngine
class PushPastDaemonIT {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private static Registries known(String address, boolean plainHttp, boolean skipTlsVerify) throws Exception {
        return Registries.of(List.of(new RegistryEntry(
                "nexus", RegistryAddress.parse(address), null, "nexus-login", plainHttp, skipTlsVerify, false)));
    }

    private static PushRequest base(PushVia via, String... names) {
        return new PushRequest(
                ImageSelector.parse("base:1"),
                List.of(names).stream().map(ImageReference::parse).toList(),
                via);
    }

    @Test
    void whatTheDaemonRefusesAndTheEntryAllowsGoesPastIt(TestEngine daemon) throws Exception {
        try (TestRegistry registry = TestRegistry.startWhereTlsIsWanted(RegistryKind.PASSWORD)) {
            String name = registry.address() + "/past/plain";
            try (EngineUnderTest strict =
                    machine(daemon, folder, known(registry.address(), false, false), login(TestRegistry.PASSWORD))) {
                assertThatThrownBy(() -> strict.engine().push(base(PushVia.ENGINE, name + ":1")))
                        .isInstanceOf(RegistryException.class)
                        .hasMessageContaining("speaks plain HTTP and the daemon insists on TLS")
                        .hasMessageContaining("switch on plain HTTP in the registry's entry");
            }
            try (EngineUnderTest under =
                    machine(daemon, folder, known(registry.address(), true, false), login(TestRegistry.PASSWORD))) {
                PushResult result = under.engine().push(base(PushVia.ENGINE, name + ":1", name + ":2"));

                assertThat(result.pushed()).hasSize(2);
                assertThat(registry.manifestDigest("past/plain", "2"))
                        .hasValue(result.pushed().get(1).digest().toString());
                assertThat(under.events(EngineEvent.Note.class))
                        .extracting(EngineEvent.Note::text)
                        .filteredOn(text -> text.contains("does not take the registry " + registry.address()))
                        .hasSize(1);
                assertThat(under.log()).doesNotContain(TestRegistry.PASSWORD);
            }
        }
    }

    @Test
    void aCertificateThatNobodySignedIsTakenWhereTheEntrySaysSo(TestEngine daemon) throws Exception {
        try (TestRegistry registry = TestRegistry.startWhereTlsIsWanted(RegistryKind.TLS)) {
            String name = registry.address() + "/past/tls:1";
            try (EngineUnderTest strict =
                    machine(daemon, folder, known(registry.address(), false, false), login(TestRegistry.PASSWORD))) {
                assertThatThrownBy(() -> strict.engine().push(base(PushVia.AGENT, name)))
                        .isInstanceOf(RegistryException.class)
                        .hasMessageContaining(name)
                        .hasMessageContaining("cannot be trusted");
            }
            try (EngineUnderTest under =
                    machine(daemon, folder, known(registry.address(), false, true), login(TestRegistry.PASSWORD))) {
                PushResult result = under.engine().push(base(PushVia.ENGINE, name));

                assertThat(registry.manifestDigest("past/tls", "1"))
                        .hasValue(result.pushed().get(0).digest().toString());
            }
        }
    }

    @Test
    void certificatesThatOnlyTheEntryHasAreEnough(TestEngine daemon) throws Exception {
        try (TestRegistry registry = TestRegistry.startWhereTlsIsWanted(RegistryKind.CLIENT_CERTIFICATE)) {
            RegistryTransport certificates = new RegistryTransport(
                    false, false, Files.readString(registry.caCertificate().orElseThrow()), "client", null);
            Registries known = Registries.of(List.of(new RegistryEntry(
                    "nexus", RegistryAddress.parse(registry.address()), null, "login", certificates, null, false)));
            TestAuthority.Identity shown = registry.clientCertificate().orElseThrow();
            CredentialsSource credentials = new CredentialsSource() {

                @Override
                public Optional<RegistryCredentials> credentialsFor(RegistryEntry entry) throws EngineException {
                    return login(TestRegistry.PASSWORD).credentialsFor(entry);
                }

                @Override
                public Optional<TlsMaterial> clientCertificateFor(RegistryEntry entry) {
                    return Optional.of(new TlsMaterial(null, shown.certificateText(), Secret.of(shown.keyText())));
                }
            };
            try (EngineUnderTest under = machine(daemon, folder, known, credentials)) {
                PushResult result =
                        under.engine().push(base(PushVia.ENGINE, registry.address() + "/past/certificates:1"));

                assertThat(registry.manifestDigest("past/certificates", "1"))
                        .hasValue(result.pushed().get(0).digest().toString());
                assertThat(under.log()).contains("does not trust", "past the daemon");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PushVia.class)
    void oneRegistryThatFailsHidesNothingOfTheOthers(
            PushVia via,
            TestEngine daemon,
            @WithRegistry TestRegistry open,
            @WithRegistry(RegistryKind.PASSWORD) TestRegistry closed)
            throws Exception {
        String repository = "several/" + UUID.randomUUID();
        String refused = closed.address() + "/" + repository;
        String taken = open.address() + "/" + repository + ":1";
        try (EngineUnderTest under = machine(daemon, folder)) {
            assertThatThrownBy(() -> under.engine().push(base(via, refused + ":1", refused + ":2", taken)))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("could not push " + refused + ":1")
                    .hasMessageContaining("without a login")
                    .hasMessageContaining("pushed all the same: " + taken + "@sha256:");
        }
        assertThat(open.manifestDigest(repository, "1")).isPresent();
        try (EngineUnderTest under =
                machine(daemon, folder, known(closed.address(), true, false), login(TestRegistry.PASSWORD))) {
            PushResult both = under.engine().push(base(via, taken, refused + ":1"));

            assertThat(both.pushed())
                    .extracting(pushed -> pushed.reference().familiar())
                    .containsExactly(taken, refused + ":1");
            assertThat(closed.manifestDigest(repository, "1"))
                    .hasValue(both.pushed().get(1).digest().toString());
        }
    }

    @Test
    void layersOfANeighbourAreTakenOver(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = machine(daemon, folder)) {
            String name = proxy.address() + "/neighbour/" + UUID.randomUUID();
            under.engine().push(base(PushVia.AGENT, name + ":1"));
            long sent = proxy.count("PUT", "/blobs/uploads/");

            under.engine().push(base(PushVia.AGENT, name + "-too:1"));

            // The configuration alone.
            assertThat(proxy.count("PUT", "/blobs/uploads/")).isEqualTo(sent + 1);
        }
    }

    @Test
    void aRegistryThatRefusesToTakeOverGetsTheLayers(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = machine(daemon, folder)) {
            String repository = "neighbour/" + UUID.randomUUID();
            under.engine().push(base(PushVia.AGENT, proxy.address() + "/" + repository + ":1"));
            proxy.on("POST", repository + "-too/blobs/uploads/").first(1).answer(405);

            under.engine().push(base(PushVia.AGENT, proxy.address() + "/" + repository + "-too:1"));

            assertThat(registry.manifestDigest(repository + "-too", "1"))
                    .isEqualTo(registry.manifestDigest(repository, "1"));
            assertThat(under.events(EngineEvent.Retry.class)).isEmpty();
        }
    }

    @Test
    void aLayerThatIsCutOnItsWayIsSentOnceMore(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = machine(daemon, folder)) {
            proxy.on("PUT", "/blobs/uploads/").first(1).cutRequestAfter(20_000);
            String repository = "past/" + UUID.randomUUID();

            PushResult result = under.engine().push(base(PushVia.AGENT, proxy.address() + "/" + repository + ":1"));

            assertThat(registry.manifestDigest(repository, "1"))
                    .hasValue(result.pushed().get(0).digest().toString());
            assertThat(under.events(EngineEvent.Retry.class)).hasSize(1);
        }
    }

    @Test
    void aRegistryThatHasLostALayerGetsItAgain(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        try (EngineUnderTest under = machine(daemon, folder)) {
            String repository = "past/" + UUID.randomUUID();
            under.engine().push(base(PushVia.AGENT, registry.address() + "/" + repository + "-other:1"));
            try (TestRegistry empty = TestRegistry.plain()) {
                under.engine().push(base(PushVia.AGENT, empty.address() + "/" + repository + ":1"));

                assertThat(empty.manifestDigest(repository, "1"))
                        .isEqualTo(registry.manifestDigest(repository + "-other", "1"));
            }
        }
    }

    @Test
    void aDaemonThatBreaksOffIsNamed(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        Path socket = folder.resolve("gate.sock");
        EndpointRequest endpoint =
                new EndpointRequest("unix://" + socket, null, Map.of("XDG_CACHE_HOME", folder.toString()));
        try (EngineGate gate = EngineGate.at(socket, daemon);
                EngineUnderTest under = EngineUnderTest.at(endpoint, Registries.none(), CredentialsSource.ANONYMOUS)) {
            gate.swallowAfter(1_000_000);
            Thread cutter = new Thread(() -> {
                try {
                    gate.awaitSwallowing(Duration.ofSeconds(30));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                gate.cut();
            });
            cutter.start();
            assertThatThrownBy(() -> under.engine()
                            .push(base(PushVia.AGENT, registry.address() + "/past/" + UUID.randomUUID() + ":1")))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("could not read the image sha256:")
                    .hasMessageContaining("Docker Engine at unix://" + socket);
            cutter.join();
        }
    }

    @Test
    void anInterruptedPushEndsAtOnce(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = machine(daemon, folder)) {
            FaultRule.Held blob = proxy.on("POST", "/blobs/uploads/").always().hold();
            String repository = "past/" + UUID.randomUUID();
            BackgroundCall push = new BackgroundCall(
                    () -> under.engine().push(base(PushVia.AGENT, proxy.address() + "/" + repository + ":1")));
            assertThat(blob.awaitReached(Duration.ofSeconds(30))).isTrue();
            push.interrupt();

            push.awaitInterruptedEnd(LIMIT);
            blob.release();
            // A thread that was told to end does so a moment later.
            BackgroundCall.await(
                    LIMIT,
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().startsWith("container-build ")));
            assertThat(proxy.count("PUT", "/manifests/")).isZero();
        }
    }
}

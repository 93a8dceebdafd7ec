package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryProxy;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryTransport;
import io.jenkins.plugins.containerbuild.engine.registry.probe.ProbeResult;
import io.jenkins.plugins.containerbuild.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.containerbuild.engine.registry.probe.Verdict;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestAuthority;
import io.jenkins.plugins.containerbuild.testkit.TestProxy;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Registries that are reached as their entries say: private authorities, client certificates, proxies with a login. */
class RegistryTransportIT {

    private static TestProxy proxy;

    @BeforeAll
    static void startProxy() {
        proxy = TestProxy.start();
    }

    @AfterAll
    static void endProxy() {
        proxy.close();
    }

    /** The login of the kit's registries, the proxy's with a password of one's own, and a client certificate. */
    private record Account(String proxyPassword, TestAuthority.Identity client) implements CredentialsSource {

        @Override
        public Optional<RegistryCredentials> credentialsFor(RegistryEntry entry) {
            return Optional.of(RegistryCredentials.password(TestRegistry.USERNAME, Secret.of(TestRegistry.PASSWORD)));
        }

        @Override
        public Optional<RegistryCredentials> proxyCredentialsFor(RegistryEntry entry) {
            return Optional.ofNullable(proxyPassword)
                    .map(password -> RegistryCredentials.password(TestProxy.USERNAME, Secret.of(password)));
        }

        @Override
        public Optional<TlsMaterial> clientCertificateFor(RegistryEntry entry) {
            return entry.transport().clientCertificateId() == null
                    ? Optional.empty()
                    : Optional.of(new TlsMaterial(null, client.certificateText(), Secret.of(client.keyText())));
        }
    }

    private static String authority(TestRegistry registry) throws Exception {
        return Files.readString(registry.caCertificate().orElseThrow());
    }

    private static RegistryEntry entry(TestRegistry registry, RegistryTransport transport) throws Exception {
        return new RegistryEntry(
                "nexus", RegistryAddress.parse(registry.address()), null, "login", transport, null, false);
    }

    private static RegistryTransport by(TestRegistry registry, boolean plain, String credentialsId) throws Exception {
        return new RegistryTransport(
                plain,
                false,
                plain ? null : authority(registry),
                null,
                RegistryProxy.parse("http://" + proxy.address(), credentialsId));
    }

    private static List<String> tags(RegistryEntry entry, CredentialsSource account, String path) throws Exception {
        try (RegistryClientUnderTest under = RegistryClientUnderTest.with(Registries.of(List.of(entry)), account)) {
            return under.client()
                    .tags(new TagListRequest(
                            ImageReference.parse(entry.address().host() + '/' + path), null))
                    .tags();
        }
    }

    /** Copies an image there, which needs every kind of request that there is. */
    private static void copyTo(RegistryEntry entry, CredentialsSource account, TestRegistry source, String path)
            throws Exception {
        CraftedImages images = new CraftedImages(source);
        images.image("1", "{\"os\":\"linux\",\"architecture\":\"amd64\"}", "");
        try (RegistryClientUnderTest under = RegistryClientUnderTest.with(Registries.of(List.of(entry)), account)) {
            under.client()
                    .copy(new CopyRequest(
                            ImageReference.parse(images.name() + ":1"),
                            List.of(ImageReference.parse(entry.address().host() + '/' + path + ":1")),
                            false));
        }
    }

    @Test
    void anAuthorityOfItsOwnIsTrusted(
            @WithRegistry TestRegistry source, @WithRegistry(RegistryKind.TLS) TestRegistry registry) throws Exception {
        RegistryTransport transport = new RegistryTransport(false, false, authority(registry), null, null);

        copyTo(entry(registry, transport), new Account(null, null), source, "transport/ca");

        assertThat(registry.manifestDigest("transport/ca", "1")).isPresent();
    }

    @Test
    void anotherAuthorityIsNot(
            @WithRegistry(RegistryKind.TLS) TestRegistry registry,
            @WithRegistry(RegistryKind.CLIENT_CERTIFICATE) TestRegistry other)
            throws Exception {
        RegistryTransport transport = new RegistryTransport(false, false, authority(other), null, null);

        assertThatThrownBy(() -> tags(entry(registry, transport), new Account(null, null), "transport/ca"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(registry.address() + " cannot be trusted")
                .hasMessageContaining("CA certificate in the registry's entry");
    }

    @Test
    void whatIsNoCertificateIsTold(@WithRegistry(RegistryKind.TLS) TestRegistry registry) throws Exception {
        RegistryTransport transport = new RegistryTransport(false, false, "no certificate", null, null);

        assertThatThrownBy(() -> tags(entry(registry, transport), new Account(null, null), "transport/ca"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("could not prepare TLS for the registry 'nexus'")
                .hasMessageContaining("Give them in PEM");
    }

    @Test
    void aClientCertificateOpensARegistry(
            @WithRegistry TestRegistry source, @WithRegistry(RegistryKind.CLIENT_CERTIFICATE) TestRegistry registry)
            throws Exception {
        Account account = new Account(null, registry.clientCertificate().orElseThrow());
        RegistryTransport shown = new RegistryTransport(false, false, authority(registry), "client", null);
        RegistryTransport unshown = new RegistryTransport(false, false, authority(registry), null, null);

        copyTo(entry(registry, shown), account, source, "transport/client");

        assertThat(registry.manifestDigest("transport/client", "1")).isPresent();
        assertThat(new RegistryProbe(account)
                        .probe(entry(registry, shown), null)
                        .verdict())
                .isEqualTo(Verdict.NOT_ALLOWED);
        assertThatThrownBy(() -> tags(entry(registry, unshown), account, "transport/client"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("wants a client certificate");
        ProbeResult tested = new RegistryProbe(account).probe(entry(registry, unshown), null);
        assertThat(tested.verdict()).as(tested.message()).isEqualTo(Verdict.CLIENT_CERTIFICATE_WANTED);
        assertThat(tested.advice()).contains("Choose the client certificate in this entry");
    }

    @Test
    void aProxyWithALoginIsTheWayOverTlsAndWithoutIt(
            @WithRegistry TestRegistry source, @WithRegistry(RegistryKind.TLS) TestRegistry registry) throws Exception {
        Account account = new Account(TestProxy.PASSWORD, null);

        copyTo(entry(registry, by(registry, false, "proxy-login")), account, source, "transport/proxy");
        assertThat(registry.manifestDigest("transport/proxy", "1")).isPresent();
        assertThat(proxy.log()).contains("CONNECT " + registry.address());

        copyTo(entry(source, by(source, true, "proxy-login")), account, source, "transport/proxy");
        assertThat(source.manifestDigest("transport/proxy", "1")).isPresent();
        assertThat(proxy.log()).contains("http://" + source.address() + "/v2/transport/proxy/manifests/1");
    }

    @Test
    void aProxyThatRefusesIsTold(
            @WithRegistry TestRegistry plain, @WithRegistry(RegistryKind.TLS) TestRegistry registry) throws Exception {
        for (TestRegistry each : List.of(plain, registry)) {
            boolean isPlain = each.caCertificate().isEmpty();
            assertThatThrownBy(() -> tags(entry(each, by(each, isPlain, null)), new Account(null, null), "a/b"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("the proxy http://" + proxy.address() + " wants a login")
                    .hasMessageContaining("Check the proxy of the registry's entry");
            ProbeResult tested =
                    new RegistryProbe(new Account(null, null)).probe(entry(each, by(each, isPlain, null)), null);
            assertThat(tested.verdict()).as(tested.message()).isEqualTo(Verdict.PROXY_REFUSAL);
        }
        assertThatThrownBy(() -> tags(
                        entry(registry, by(registry, false, "proxy-login")), new Account("wrong-guess", null), "a/b"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("does not accept the login 'proxy-login'")
                .hasMessageNotContaining("wrong-guess");
    }

    @Test
    void aProxyThatIsGoneIsTold(@WithRegistry TestRegistry registry) throws Exception {
        try (TestProxy gone = TestProxy.start()) {
            gone.stop();
            RegistryTransport transport =
                    new RegistryTransport(true, false, null, null, RegistryProxy.parse(gone.address(), null));

            ProbeResult tested = new RegistryProbe(CredentialsSource.ANONYMOUS).probe(entry(registry, transport), null);

            assertThat(tested.verdict()).isEqualTo(Verdict.CONNECTION_REFUSED);
            assertThat(tested.message()).contains("the proxy http://" + gone.address() + " cannot be reached");
        }
    }
}

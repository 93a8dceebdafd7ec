package io.jenkins.plugins.containerbuild.engine.registry.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryTransport;
import io.jenkins.plugins.containerbuild.engine.registry.http.FakeRegistry;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Needs a real registry. */
@Timeout(120)
class RegistryProbeIT {

    private static final RegistryCredentials TESTER =
            RegistryCredentials.password(TestRegistry.USERNAME, Secret.of(TestRegistry.PASSWORD));

    private final RegistryProbe probe = new RegistryProbe(CredentialsSource.ANONYMOUS);

    private static RegistryEntry entry(TestRegistry registry, boolean plainHttp, boolean skipTlsVerify)
            throws Exception {
        return new RegistryEntry(
                "test", RegistryAddress.parse(registry.address()), null, "login", plainHttp, skipTlsVerify, false);
    }

    @Test
    void findsAnOpenRegistry(@WithRegistry(RegistryKind.PLAIN) TestRegistry registry) throws Exception {
        ProbeResult result = probe.probe(entry(registry, true, false), null);
        assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.OK);
    }

    @Test
    void tellsPlainHttpOnAnEntryForTls(@WithRegistry(RegistryKind.PLAIN) TestRegistry registry) throws Exception {
        ProbeResult result = probe.probe(entry(registry, false, false), TESTER);
        assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.HTTP_ON_HTTPS);
        // A daemon takes an address of its own machine as it is.
        assertThat(result.advice())
                .contains("switch plain HTTP on for this entry")
                .doesNotContain("daemon.json");
        assertThat(result.daemonJson()).isNull();
    }

    @Test
    void tellsPlainHttpOfAServerThatStaysSilentUnderTls() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(e -> FakeRegistry.send(e, 200, Map.of(), "{}"))) {
            ProbeResult result = probe.probe(registry.entry(false, false), TESTER);
            assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.HTTP_ON_HTTPS);
            assertThat(registry.authorizations()).containsOnly("");
        }
    }

    @Test
    void logsInWithNameAndPassword(@WithRegistry(RegistryKind.PASSWORD) TestRegistry registry) throws Exception {
        ProbeResult result = probe.probe(entry(registry, true, false), TESTER, "team/app");
        assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.OK);
        assertThat(result.message()).contains("login as tester works", "team/app");
    }

    @Test
    void tellsWrongCredentials(@WithRegistry(RegistryKind.PASSWORD) TestRegistry registry) throws Exception {
        ProbeResult result = probe.probe(
                entry(registry, true, false),
                RegistryCredentials.password(TestRegistry.USERNAME, Secret.of("not-the-password")));
        assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.WRONG_CREDENTIALS);
        assertThat(result.message())
                .contains("'tester'", "'login'", registry.address())
                .doesNotContain("not-the-password");
    }

    @Test
    void tellsThatItWantsALogin(@WithRegistry(RegistryKind.PASSWORD) TestRegistry registry) throws Exception {
        assertThat(probe.probe(entry(registry, true, false), null).verdict()).isEqualTo(Verdict.NOT_ALLOWED);
    }

    @Test
    void logsInOverTlsOfAKnownAuthority(@WithRegistry(RegistryKind.TLS) TestRegistry registry) throws Exception {
        String authority = Files.readString(registry.caCertificate().orElseThrow());
        ProbeResult result = probe.probe(
                entry(registry, false, false).withTransport(new RegistryTransport(false, false, authority, null, null)),
                TESTER);
        assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.OK);
    }

    @Test
    void tellsAnUnknownAuthority(@WithRegistry(RegistryKind.TLS) TestRegistry registry) throws Exception {
        ProbeResult result = probe.probe(entry(registry, false, false), TESTER);
        assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.UNTRUSTED_CERTIFICATE);
        assertThat(result.advice()).contains("/etc/docker/certs.d/" + registry.address() + "/ca.crt");
    }

    @Test
    void takesAnyCertificateWhereTheEntrySaysSo(@WithRegistry(RegistryKind.TLS) TestRegistry registry)
            throws Exception {
        assertThat(probe.probe(entry(registry, false, true), TESTER).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void tellsTlsOnAnEntryForPlainHttp(@WithRegistry(RegistryKind.TLS) TestRegistry registry) throws Exception {
        ProbeResult result = probe.probe(entry(registry, true, false), TESTER);
        assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.HTTPS_ON_HTTP);
    }

    @Test
    void tellsOneThatIsDown() throws Exception {
        try (TestRegistry registry = TestRegistry.plain()) {
            registry.stop();
            assertThat(probe.probe(entry(registry, true, false), null).verdict())
                    .isEqualTo(Verdict.CONNECTION_REFUSED);
        }
    }
}

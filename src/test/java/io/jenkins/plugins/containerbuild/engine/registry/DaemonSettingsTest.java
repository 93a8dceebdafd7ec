package io.jenkins.plugins.containerbuild.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DaemonSettingsTest {

    private static RegistryEntry entry(String id, String host, RegistryTransport transport, String mirror)
            throws Exception {
        return new RegistryEntry(
                id,
                RegistryAddress.parse(host),
                null,
                null,
                transport,
                mirror == null ? null : RegistryAddress.parse(mirror),
                false);
    }

    @Test
    void registriesThatEverybodyCanUseNeedNothing() throws Exception {
        DaemonSettings settings = DaemonSettings.of(List.of(entry("a", "a.example", RegistryTransport.TLS, null)));

        assertThat(settings.isEmpty()).isTrue();
        assertThat(settings.daemonJson()).isEmpty();
        assertThat(settings.buildkitdToml()).isEmpty();
    }

    @Test
    void allRegistriesAreInOneDocument() throws Exception {
        RegistryTransport plain = RegistryTransport.TLS.withPlainHttp(true);
        RegistryTransport certificates = new RegistryTransport(false, false, "ca", "client", null);
        DaemonSettings settings = DaemonSettings.of(List.of(
                entry("plain", "b.example:5000", plain, null),
                entry("plain-too", "b.example:5000", plain, null),
                entry("here", "127.0.0.1:5000", plain, null),
                entry("unchecked", "a.example", RegistryTransport.TLS.withSkipTlsVerify(true), null),
                entry("hub", "docker.io", RegistryTransport.TLS, "b.example:5000"),
                entry("other", "quay.example", RegistryTransport.TLS, "mirror.example"),
                entry("private", "c.example:8443", certificates, null)));

        assertThat(settings.daemonJson()).isEqualTo("""
                        {
                          "insecure-registries" : [ "a.example", "b.example:5000" ],
                          "registry-mirrors" : [ "http://b.example:5000" ]
                        }
                        """);
        assertThat(settings.certificateFiles())
                .containsExactly(
                        "/etc/docker/certs.d/c.example:8443/ca.crt: the CA certificate of its entry",
                        "/etc/docker/certs.d/c.example:8443/client.cert and client.key: the client certificate of its entry");
        assertThat(settings.buildkitdToml()).isEqualTo("""
                        [registry."b.example:5000"]
                          http = true
                        [registry."127.0.0.1:5000"]
                          http = true
                        [registry."a.example"]
                          insecure = true
                        [registry."docker.io"]
                          mirrors = ["b.example:5000"]
                        [registry."quay.example"]
                          mirrors = ["mirror.example"]
                        [registry."c.example:8443"]
                          ca = ["/etc/buildkit/certs/c.example_8443/ca.crt"]
                          [[registry."c.example:8443".keypair]]
                            cert = "/etc/buildkit/certs/c.example_8443/client.cert"
                            key = "/etc/buildkit/certs/c.example_8443/client.key"
                        """);
    }
}

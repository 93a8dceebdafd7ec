package io.jenkins.plugins.containerbuild.registries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationRulesTest {

    private static ConfiguredRegistry registry(String id, String address, boolean isDefault) {
        ConfiguredRegistry registry = new ConfiguredRegistry(id, address);
        registry.setDefaultRegistry(isDefault);
        return registry;
    }

    private static ConfiguredServer server(String name, boolean isDefault) {
        ConfiguredServer server = new ConfiguredServer(name, "unix:///var/run/docker.sock");
        server.setDefaultServer(isDefault);
        return server;
    }

    @Test
    void tellsWhatIsWrongWithTheWaysToARegistry() {
        assertThatThrownBy(() -> ConfigurationRules.checkMirror("not a host"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a host");
        assertThatThrownBy(() -> ConfigurationRules.checkProxy("https://proxy.example"))
                .hasMessageContaining("http://proxy.example:3128");
        assertThatThrownBy(() -> ConfigurationRules.checkProxy("http://alice:hidden-word@proxy.example:3128"))
                .hasMessageContaining("has a login in it")
                .hasMessageNotContaining("hidden-word");
        assertThatThrownBy(() -> ConfigurationRules.checkCaCertificate("no certificate"))
                .hasMessageContaining("BEGIN CERTIFICATE");
    }

    @Test
    void allowsNothingAtAll() {
        assertThatCode(() -> {
                    ConfigurationRules.checkRegistries(List.of());
                    ConfigurationRules.checkServers(List.of());
                })
                .doesNotThrowAnyException();
    }

    @Test
    void allowsOneDefaultEach() {
        assertThatCode(() -> {
                    ConfigurationRules.checkRegistries(
                            List.of(registry("a", "a.example", true), registry("b", "b.example", false)));
                    ConfigurationRules.checkServers(List.of(server("a", false), server("b", true)));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void refusesTwoDefaultsAndNamesThem() {
        assertThatThrownBy(() -> ConfigurationRules.checkRegistries(
                        List.of(registry("one", "a.example", true), registry("two", "b.example", true))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one, two");
        assertThatThrownBy(() -> ConfigurationRules.checkServers(List.of(server("one", true), server("two", true))))
                .hasMessageContaining("one, two");
    }

    @Test
    void refusesTheSameNameTwice() {
        assertThatThrownBy(() -> ConfigurationRules.checkRegistries(
                        List.of(registry("same", "a.example", false), registry("same", "b.example", false))))
                .hasMessageContaining("'same' is there twice");
        assertThatThrownBy(() -> ConfigurationRules.checkServers(List.of(server("same", false), server("same", false))))
                .hasMessageContaining("'same' is there twice");
    }

    @Test
    void namesTheEntryWhoseAddressIsWrong() {
        assertThatThrownBy(() -> ConfigurationRules.checkRegistries(List.of(registry("nexus", "not a host", false))))
                .hasMessageContaining("'nexus'")
                .hasMessageContaining("not a host");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "-x", ".x", "a b", "a/b", "a,b", "<script>", "\u00e4"})
    void refusesNames(String name) {
        assertThatThrownBy(() -> ConfigurationRules.checkName(name, "ID")).hasMessageContaining("ID");
    }

    @Test
    void refusesEndlessNamesWithoutRepeatingThem() {
        String endless = "x".repeat(10_000);
        assertThatThrownBy(() -> ConfigurationRules.checkName(endless, "ID"))
                .satisfies(e -> assertThatCode(() -> {
                            if (e.getMessage().length() > 300) {
                                throw new AssertionError(e.getMessage());
                            }
                        })
                        .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry.example", "registry.example:5000", "[::1]:5000", "https://registry.example/"})
    void allowsAddresses(String address) {
        assertThatCode(() -> ConfigurationRules.checkAddress(address)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"registry", "a b", "registry.example/team", "registry.example:port", "$(id).example"})
    void refusesAddresses(String address) {
        assertThatThrownBy(() -> ConfigurationRules.checkAddress(address)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"team", "team/backend", "/team/", "a_b/c-d"})
    void allowsPrefixes(String prefix) {
        assertThatCode(() -> ConfigurationRules.checkPrefix(prefix)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Team", "a b", "a//b", "team:1", "../x", "-x", "team@sha256"})
    void refusesPrefixes(String prefix) {
        assertThatThrownBy(() -> ConfigurationRules.checkPrefix(prefix)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unix:///var/run/docker.sock",
                "tcp://docker.example:2376",
                "tcp://[::1]:2375",
                "npipe:////./pipe/docker_engine"
            })
    void allowsServerAddresses(String uri) {
        assertThatCode(() -> ConfigurationRules.checkUri(uri)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "http://docker.example:2375",
                "https://docker.example",
                "ssh://docker.example",
                "file:///etc/passwd",
                "jar:file:///x",
                "tcp://",
                "tcp:///x",
                "unix://",
                "unix:///",
                "unix://host/docker.sock",
                "/var/run/docker.sock",
                "docker.example:2375",
                "tcp://a b"
            })
    void refusesServerAddresses(String uri) {
        assertThatThrownBy(() -> ConfigurationRules.checkUri(uri)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsAPasswordInAServerAddressToItself() {
        assertThatThrownBy(() -> ConfigurationRules.checkUri("tcp://root:hunter2@docker.example:2375"))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void readsPatternsOfProtectedImages() {
        assertThat(ConfigurationRules.protectedImages(List.of(" *:latest ", "", "registry.example/team/*")))
                .containsExactly("*:latest", "registry.example/team/*");
        assertThatThrownBy(() -> ConfigurationRules.protectedImages(List.of("*:latest, *:stable")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Invalid pattern");
    }
}

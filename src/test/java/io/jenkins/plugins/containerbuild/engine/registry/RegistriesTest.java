package io.jenkins.plugins.containerbuild.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistriesTest {

    private static RegistryEntry entry(String id, String address, String prefix, boolean isDefault) throws Exception {
        return new RegistryEntry(id, RegistryAddress.parse(address), prefix, null, false, false, isDefault);
    }

    @Test
    void anUnknownIdListsTheKnownOnes() throws Exception {
        Registries registries = Registries.of(
                List.of(entry("nexus", "n.example", null, false), entry("hub", "docker.io", null, false)));

        assertThatThrownBy(() -> registries.choosing("nexsu"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("could not use the registry 'nexsu': no registry has this id. Known are: nexus, hub");
    }

    @Test
    void anEmptyListSaysWhereToAddOne() {
        assertThatThrownBy(() -> Registries.none().choosing("nexus")).hasMessageContaining("Manage Jenkins");
    }

    @Test
    void theChosenRegistryFillsInAMissingHostWithItsPrefix() throws Exception {
        Registries registries = Registries.of(List.of(
                        entry("nexus", "n.example:5000", "team", false), entry("other", "o.example", null, true)))
                .choosing("nexus");

        assertThat(registries.parse("app:1").canonical()).isEqualTo("n.example:5000/team/app:1");
        assertThat(registries.parse("q.example/app:1").canonical()).isEqualTo("q.example/app:1");
    }

    @Test
    void theDefaultRegistryFillsInWhenNoneIsChosen() throws Exception {
        Registries registries = Registries.of(List.of(entry("other", "o.example", null, true)));

        assertThat(registries.parse("app:1").canonical()).isEqualTo("o.example/app:1");
    }

    @Test
    void withoutAnyRegistryANameIsOfDockerHub() throws Exception {
        assertThat(Registries.none().parse("app:1").canonical()).isEqualTo("docker.io/library/app:1");
    }

    @Test
    void theLongestPrefixDecidesAndTheChosenEntryWins() throws Exception {
        RegistryEntry all = entry("all", "r.example", null, false);
        RegistryEntry team = entry("team", "r.example", "team", false);
        RegistryEntry inner = entry("inner", "r.example", "team/inner", false);
        Registries registries = Registries.of(List.of(all, team, inner));

        assertThat(registries.entryFor(ImageReference.parse("r.example/team/app")))
                .isEqualTo(team);
        assertThat(registries.entryFor(ImageReference.parse("r.example/team/inner/app")))
                .isEqualTo(inner);
        assertThat(registries.entryFor(ImageReference.parse("r.example/teams/app")))
                .isEqualTo(all);
        assertThat(registries.choosing("all").entryFor(ImageReference.parse("r.example/team/app")))
                .isEqualTo(all);
        assertThat(registries.entryFor(ImageReference.parse("x.example/app")).credentialsId())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example, registry.example",
        "registry.example:5000, registry.example:5000",
        "https://Registry.Example/, registry.example",
        "http://127.0.0.1:5000/v2/, 127.0.0.1:5000",
        "localhost, localhost",
        "[::1]:5000, [::1]:5000",
        "https://index.docker.io/v1/, docker.io",
        "registry-1.docker.io, docker.io"
    })
    void readsAddressesAsPeoplePasteThem(String text, String host) throws Exception {
        assertThat(RegistryAddress.parse(text).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nexus", "registry.example/team", "a b", "-x.example", "host:port", "user:pw@host.example"})
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> RegistryAddress.parse(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("could not read the registry address '" + text + "'");
    }

    @Test
    void dockerHubHasNamesOfItsOwnForLoginAndApi() throws Exception {
        RegistryAddress hub = RegistryAddress.parse("docker.io");

        assertThat(hub.authKey()).isEqualTo("https://index.docker.io/v1/");
        assertThat(hub.apiHost()).isEqualTo("registry-1.docker.io");
    }

    @Test
    void credentialsNeverShowTheirSecret() {
        RegistryCredentials credentials = RegistryCredentials.password("alice", Secret.of("hunter2"));

        assertThat(credentials.toString()).contains("alice").doesNotContain("hunter2");
        credentials.secret().close();
        assertThat(credentials.secret().reveal()).doesNotContain("hunter2");
    }
}

package io.jenkins.plugins.containerbuild.engine.image.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://git.example/team/app.git, https://git.example/team/app",
        "https://git.example/team/app.git/, https://git.example/team/app",
        "https://git.example:8443/team/app, https://git.example:8443/team/app",
        "HTTPS://alice@git.example/team/app, https://git.example/team/app",
        "https://alice:pa@ss@git.example/team/app.git, https://git.example/team/app",
        "https://git.example/team/app.git?token=abc, https://git.example/team/app",
        "git@git.example:team/app.git, https://git.example/team/app",
        "git.example:team/app, https://git.example/team/app",
        "ssh://git@git.example/team/app.git, https://git.example/team/app",
        "ssh://git@git.example:22/team/app.git, https://git.example/team/app",
        "ssh://git@git.example:7999/team/app.git, ssh://git.example:7999/team/app",
        "git://git.example/team/app.git, git://git.example/team/app"
    })
    void isFitForEverybody(String repository, String url) {
        assertThat(RepositoryAddress.of(repository)).hasValueSatisfying(address -> {
            assertThat(address.url()).isEqualTo(url);
            assertThat(address.title()).isEqualTo("app");
            assertThat(address.page().isPresent()).isEqualTo(url.startsWith("http"));
        });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "/srv/git/app.git", "file:///srv/git/app.git", "C:\\git\\app", "app", "https://git.example"})
    void isNoneOnOneMachineAlone(String repository) {
        assertThat(RepositoryAddress.of(repository)).isEmpty();
    }
}

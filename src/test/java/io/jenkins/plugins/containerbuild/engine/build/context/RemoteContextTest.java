package io.jenkins.plugins.containerbuild.engine.build.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.build.context.RemoteContext.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the rules to those of moby/buildkit and docker/buildx. */
class RemoteContextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/foo.git",
                "https://example.com/foo.git#deadbeef",
                "https://example.com/foo.git#release/1.2:sub/dir",
                "https://example.com/foo.git?tag=v1.0.0",
                "HTTPS://example.com/foo.git",
                "git://example.com/foo",
                "ssh://git@example.com:2222/foo",
                "git@example.com:team/foo",
                "git@example.com:team/foo.git#main",
                "some-one@example.com:foo",
                "github.com/owner/repo",
                "github.com/owner/repo#main",
            })
    void knowsGitRepositories(String address) {
        assertThat(RemoteContext.of(address)).hasValue(new RemoteContext(Kind.GIT, address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/",
                "https://example.com/foo",
                "https://example.com/foo.git/",
                "https://example.com/foo.git.bar",
                "https://example.com/foo.tar.gz?from=a.git",
                "http://example.com/Dockerfile",
            })
    void takesOtherWebAddressesForFiles(String address) {
        assertThat(RemoteContext.of(address)).hasValue(new RemoteContext(Kind.HTTP, address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "",
                "./.git",
                "../github.com/owner/repo",
                "./github.com/owner/repo",
                "gitlab.com/owner/repo.git",
                "sub/dir",
                "/srv/git@example.com",
                "C:\\work",
                "docker-image://base:1",
                "oci-layout://dir",
                "ftp://example.com/foo.git",
            })
    void takesTheRestForDirectories(String text) {
        assertThat(RemoteContext.of(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/foo.git#main:sub/dir, sub/dir",
        "git@example.com:foo#:sub, sub",
        "https://example.com/foo.git#main,",
        "https://example.com/foo.git#main:,",
        "git@example.com:foo,",
    })
    void findsTheDirectoryWithinARepository(String address, String directory) {
        assertThat(remote(address).subdirectory()).isEqualTo(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:pass@example.com/foo.git, true",
        "https://:pass@example.com/foo.tar, true",
        "https://user@example.com/foo.git, false",
        "ssh://git@example.com:22/foo, false",
        "git@example.com:foo, false",
        "https://example.com/a:b@c/foo.git, false",
    })
    void seesPasswords(String address, boolean password) {
        assertThat(remote(address).hasPassword()).isEqualTo(password);
    }

    @Test
    void showsNeitherUserNorQuery() {
        assertThat(remote("https://user:pass@example.com/foo.git?token=x#main").shown())
                .isEqualTo("https://example.com/foo.git#main");
        assertThat(remote("git@example.com:foo").shown()).isEqualTo("git@example.com:foo");
    }

    @Test
    void tellsQueriesFromBranches() {
        assertThat(remote("https://example.com/foo.git?ref=main").hasQuery()).isTrue();
        assertThat(remote("https://example.com/foo.git#what?").hasQuery()).isFalse();
        assertThat(remote("https://example.com/foo.tar?x=1").hasQuery()).isFalse();
    }

    private static RemoteContext remote(String address) {
        return RemoteContext.of(address).orElseThrow();
    }
}

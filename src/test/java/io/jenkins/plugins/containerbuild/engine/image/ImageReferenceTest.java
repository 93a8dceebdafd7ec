package io.jenkins.plugins.containerbuild.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

    private static final String F64 = "f".repeat(64);

    /** Facts from the test vectors of the distribution project's reference package. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // text, domain, path, tag, familiar
                "test_com, docker.io, library/test_com, -, test_com",
                "test.com:tag, docker.io, library/test.com, tag, test.com:tag",
                "test.com:5000, docker.io, library/test.com, 5000, test.com:5000",
                "test.com/repo:tag, test.com, repo, tag, test.com/repo:tag",
                "test:5000/repo, test:5000, repo, -, test:5000/repo",
                "test:5000/repo:tag, test:5000, repo, tag, test:5000/repo:tag",
                "lowercase:Uppercase, docker.io, library/lowercase, Uppercase, lowercase:Uppercase",
                "sub-dom1.foo.com/bar/baz/quux, sub-dom1.foo.com, bar/baz/quux, -, sub-dom1.foo.com/bar/baz/quux",
                "b.gcr.io/test.example.com/my-app:test.example.com, b.gcr.io, test.example.com/my-app, "
                        + "test.example.com, b.gcr.io/test.example.com/my-app:test.example.com",
                "xn--n3h.com/myimage:xn--n3h.com, xn--n3h.com, myimage, xn--n3h.com, xn--n3h.com/myimage:xn--n3h.com",
                "foo_bar.com:8080, docker.io, library/foo_bar.com, 8080, foo_bar.com:8080",
                "foo/foo_bar.com:8080, docker.io, foo/foo_bar.com, 8080, foo/foo_bar.com:8080",
                "192.168.1.1, docker.io, library/192.168.1.1, -, 192.168.1.1",
                "192.168.1.1:5000, docker.io, library/192.168.1.1, 5000, 192.168.1.1:5000",
                "192.168.1.1/repo, 192.168.1.1, repo, -, 192.168.1.1/repo",
                "192.168.1.1:5000/repo:5050, 192.168.1.1:5000, repo, 5050, 192.168.1.1:5000/repo:5050",
                "[2001:db8::1]/repo, [2001:db8::1], repo, -, [2001:db8::1]/repo",
                "[2001:db8:1:2:3:4:5:6]/repo:tag, [2001:db8:1:2:3:4:5:6], repo, tag, [2001:db8:1:2:3:4:5:6]/repo:tag",
                "[2001:db8::1]:5000/repo:tag, [2001:db8::1]:5000, repo, tag, [2001:db8::1]:5000/repo:tag",
                "[::1]:5000/repo, [::1]:5000, repo, -, [::1]:5000/repo",
                "localhost/fooo/bar, localhost, fooo/bar, -, localhost/fooo/bar",
                "LOCALDOMAIN/fooo, LOCALDOMAIN, fooo, -, LOCALDOMAIN/fooo",
                "Foo/bar, Foo, bar, -, Foo/bar",
                "index.docker.io/fooo/bar, docker.io, fooo/bar, -, fooo/bar",
                "index.docker.io/debian, docker.io, library/debian, -, debian",
                "docker.io/foo, docker.io, library/foo, -, foo",
                "library/ubuntu, docker.io, library/ubuntu, -, ubuntu",
                "library/foo/bar, docker.io, library/foo/bar, -, library/foo/bar",
                "nonlibrary/ubuntu, docker.io, nonlibrary/ubuntu, -, nonlibrary/ubuntu",
                "other/library, docker.io, other/library, -, other/library",
                "docker---rules/dock__er, docker.io, docker---rules/dock__er, -, docker---rules/dock__er",
                "d/docker, docker.io, d/docker, -, d/docker",
                "app:1, docker.io, library/app, 1, app:1",
                "app:_under.score-, docker.io, library/app, _under.score-, app:_under.score-",
            })
    void readsTheVectorsOfTheReferencePackage(String text, String domain, String path, String tag, String familiar) {
        ImageReference reference = ImageReference.parse(text);

        assertThat(reference.domain()).isEqualTo(domain);
        assertThat(reference.path()).isEqualTo(path);
        assertThat(reference.tag()).isEqualTo(tag);
        assertThat(reference.digest()).isNull();
        assertThat(reference.familiar()).isEqualTo(familiar).isEqualTo(reference.toString());
        assertThat(reference.canonical()).isEqualTo(domain + "/" + path + (tag == null ? "" : ":" + tag));
        assertThat(ImageReference.parse(reference.familiar())).isEqualTo(reference);
        assertThat(ImageReference.parse(reference.canonical())).isEqualTo(reference);
    }

    @Test
    void readsTagAndDigestTogether() {
        ImageReference reference = ImageReference.parse("[2001:db8::1]:5000/repo:tag@sha256:" + F64);

        assertThat(reference.tag()).isEqualTo("tag");
        assertThat(reference.digest()).hasToString("sha256:" + F64);
        assertThat(reference.repository()).isEqualTo("[2001:db8::1]:5000/repo");
        assertThat(reference.canonical()).isEqualTo("[2001:db8::1]:5000/repo:tag@sha256:" + F64);
        assertThat(ImageReference.parse("busybox:latest@sha256:" + F64).familiar())
                .isEqualTo("busybox:latest@sha256:" + F64);
    }

    @Test
    void readsADigestWithoutATag() {
        ImageReference reference = ImageReference.parse("test:5000/repo@sha256:" + F64);

        assertThat(reference.path()).isEqualTo("repo");
        assertThat(reference.tag()).isNull();
        assertThat(reference.digest().hex()).isEqualTo(F64);
    }

    @Test
    void acceptsTheLongestNameAndRefusesOneMore() {
        assertThat(ImageReference.parse("example.com/" + "a".repeat(255) + ":tag")
                        .path())
                .hasSize(255);
        assertThat(ImageReference.parse("a/".repeat(127) + "a:tag-puts-this-over-max")
                        .path())
                .hasSize(255);
        assertRefused(
                "example.com/" + "a".repeat(256),
                12 + 256,
                "the repository name is 256 characters long; 255 is the most");
        assertRefused("a".repeat(248), 248, "the repository name is 256 characters long; 255 is the most");
    }

    @Test
    void refusesSixtyFourHexDigitsUnlessARegistryMakesThemAName() {
        String hex = "1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5d7c9b1a3f5e7d9c1b3a";

        assertRefused(hex, 1, "64 hex digits alone are an image id and cannot be a repository name");
        ImageReference named = ImageReference.parse("docker.io/" + hex);
        assertThat(named.path()).isEqualTo("library/" + hex);
        assertThat(ImageReference.parse(named.familiar())).isEqualTo(named);
        assertThat(ImageReference.parse("thisisthesongthatneverendsitgoesonandonandonthisisthesongthatnev")
                        .path())
                .hasSize(72);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"                                     | 1  | it is empty",
                ":justtag                                 | 1  | the repository name is missing",
                "@sha256:ffff                             | 1  | the repository name is missing",
                "-docker/docker                           | 1  | starts with '-'",
                "-                                        | 1  | starts with '-'",
                "Uppercase:tag                            | 1  | upper-case letter 'U' in the repository name",
                "test:5000/Uppercase/lowercase:tag        | 11 | upper-case letter 'U' in the repository name",
                "docker/Docker                            | 8  | upper-case letter 'D' in the repository name",
                "aa/asdf$$^/aa                            | 8  | contains '$' in the repository name; a variable may",
                "app:${TAG}                               | 5  | contains '$' in the tag; a variable may",
                "https://github.com/docker/docker         | 6  | contains '://'",
                "docker///docker                          | 8  | a part of the repository name is empty",
                "docker/                                  | 8  | a part of the repository name is empty",
                "docker.io/                               | 11 | the repository name is missing",
                "/docker                                  | 1  | a part of the repository name is empty",
                "docker-/docker                           | 7  | a part of the repository name ends with '-'",
                "____/____                                | 1  | a part of the repository name starts with '_'",
                "dock..er/docker                          | 6  | a part of the registry host is empty",
                "team/dock..er                            | 11 | '..' in the repository name",
                "dock___er                                | 7  | '___' in the repository name",
                "team/dock_.er                            | 11 | '_.' in the repository name",
                "team/dock-.er                            | 11 | '-.' in the repository name",
                "[fc00::1]                                | 1  | contains '[' in the repository name",
                "[fc00::1]:5000                           | 1  | contains '[' in the repository name",
                "fc00::1:5000/debian                      | 6  | the registry host has more than one ':'",
                "[fe80::1%eth0]:5000/debian               | 9  | contains an IPv6 zone in the registry host",
                "[2001:db8:3:4::192.0.2.33]:5000/debian   | 19 | contains '.' in the IPv6 address of the registry",
                "[::1/app                                 | 5  | the ']' behind the registry's IPv6 address is missing",
                "[]:5000/app                              | 2  | contains ']' in the IPv6 address of the registry",
                "[::1]x/app                               | 6  | contains 'x' in the registry host",
                "host:/app                                | 6  | the port behind ':' is missing",
                "host:80a/app                             | 8  | contains 'a' in the registry's port",
                "host:65536/app                           | 6  | the registry's port is greater than 65535",
                "-a.b/app                                 | 1  | starts with '-'",
                "a.-b/app                                 | 3  | a part of the registry host starts with '-'",
                "a-.b/app                                 | 2  | a part of the registry host ends with '-'",
                "a_b.c/app                                | 2  | contains '_' in the registry host",
                "app:                                     | 5  | the tag behind ':' is missing",
                "app:-x                                   | 5  | the tag starts with '-'",
                "app:a:b                                  | 6  | contains ':' in the tag",
                "my app:1                                 | 3  | contains a blank in the repository name",
                "app:1 2                                  | 6  | contains a blank in the tag",
                "app@                                     | 5  | the digest has no ':'",
                "app@sha256:                              | 12 | the digest's hex part is 0 characters long, sha256 needs 64",
                "app@:ff                                  | 5  | the digest's algorithm is missing",
                "app@a--b:ff                              | 7  | contains '-' in the digest's algorithm",
                "app@a-:ff                                | 6  | contains '-' in the digest's algorithm",
                "app@foo:abc                              | 12 | the digest's hex part is 3 characters long, at least 32",
            })
    void refusesWithReasonAndPosition(String text, int position, String reason) {
        assertRefused(text, position, reason);
    }

    @Test
    void countsTheDigestsDigits() {
        String text = "repo@sha256:" + "f".repeat(63);

        assertRefused(text, text.length() + 1, "the digest's hex part is 63 characters long, sha256 needs 64");
        assertRefused(
                "repo@sha256:" + "f".repeat(65), 77, "the digest's hex part is 65 characters long, sha256 needs 64");
        assertRefused("repo@sha256:F" + "f".repeat(63), 13, "upper-case letter 'F' in the digest's hex part");
        assertThat(ImageReference.parse("repo@other+b64:" + "AB".repeat(16))
                        .digest()
                        .algorithm())
                .isEqualTo("other+b64");
    }

    @Test
    void shortensATenThousandCharacterTag() {
        assertThatThrownBy(() -> ImageReference.parse("app:" + "t".repeat(10_000)))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessageContaining("the tag is 10000 characters long; 128 is the most (position 133)")
                .hasMessageContaining("... (10004 characters)")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
        assertThat(ImageReference.parse("app:" + "t".repeat(128)).tag()).hasSize(128);
    }

    @Test
    void escapesWhatCouldForgeALogLine() {
        assertThatThrownBy(() -> ImageReference.parse("app\nFinished: SUCCESS\u001b[2K"))
                .hasMessage(
                        "Invalid image reference \"app\\u000aFinished: SUCCESS\\u001b[2K\": contains a line break in"
                                + " the repository name (position 4)");
        assertThatThrownBy(() -> ImageReference.parse("app:\u202egnp"))
                .hasMessageContaining("'\\u202e'")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\u202e"));
        assertRefused("app:\uD83D\uDE00", 5, "contains the character '\uD83D\uDE00' in the tag; only plain ASCII");
    }

    @Test
    void hidesThePasswordOfAPastedUrl() {
        assertThatThrownBy(() -> ImageReference.parse("https://bob:geheim@registry.example/app"))
                .isInstanceOf(InvalidReferenceException.class)
                .satisfies(
                        e -> assertThat(e.getMessage()).doesNotContain("geheim").contains("registry.example/app"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-", "a/", "a.", "a__", ":", "@", "[:", "A/", "a@b:"})
    void needsNoMoreThanLinearTimeForHostileText(String piece) {
        String text = "x" + piece.repeat(2_000_000 / piece.length());

        assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> ImageReference.parse(text))
                        .isInstanceOf(InvalidReferenceException.class));
    }

    @Test
    void defaultDomainFillsOnlyAMissingHost() {
        assertThat(ImageReference.parse("app:1", "registry.example:5000").canonical())
                .isEqualTo("registry.example:5000/app:1");
        assertThat(ImageReference.parse("app", "registry.example:5000/team/sub").canonical())
                .isEqualTo("registry.example:5000/team/sub/app");
        assertThat(ImageReference.parse("a/b", "localhost/team").canonical()).isEqualTo("localhost/team/a/b");
        assertThat(ImageReference.parse("quay.io/app", "registry.example/team").canonical())
                .isEqualTo("quay.io/app");
        assertThat(ImageReference.parse("docker.io/app", "registry.example/team")
                        .canonical())
                .isEqualTo("docker.io/library/app");
        assertThat(ImageReference.parse("app", "index.docker.io").canonical()).isEqualTo("docker.io/library/app");
        assertThat(ImageReference.parse("app", "docker.io/team").canonical()).isEqualTo("docker.io/team/app");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nexus                 | would be read as a part of the image's path",
                "nexus/team            | would be read as a part of the image's path",
                "''                    | the registry host is missing",
                "/team                 | the registry host is missing",
                "registry.example/     | the repository name is missing",
                "registry.example/Team | upper-case letter 'T'",
                "https://a.example     | the port behind ':' is missing",
            })
    void refusesADefaultDomainThatIsNone(String defaultDomain, String reason) {
        assertThatThrownBy(() -> ImageReference.parse("app", defaultDomain))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessageContaining("Invalid default registry \"" + defaultDomain + "\"")
                .hasMessageContaining(reason);
    }

    @Test
    void keepsTheRegistryInTheFamiliarFormWhereItWouldBeLost() {
        ImageReference reference = ImageReference.parse("docker.io/quay.io/app:1");

        assertThat(reference.domain()).isEqualTo("docker.io");
        assertThat(reference.familiar()).isEqualTo("docker.io/quay.io/app:1");
    }

    @Test
    void changesTagAndDigest() {
        ImageReference reference = ImageReference.parse("app");
        Digest digest = Digest.parse("sha256:" + F64);

        assertThat(reference.withDefaultTag()).hasToString("app:latest");
        assertThat(reference.withTag("2")).hasToString("app:2");
        assertThat(reference.withTag("2").withDefaultTag()).hasToString("app:2");
        assertThat(reference.withDigest(digest).withDefaultTag()).hasToString("app@sha256:" + F64);
        assertThat(reference.withTag("2").withDigest(digest)).hasToString("app:2@sha256:" + F64);
        assertThatThrownBy(() -> reference.withTag("-foo"))
                .hasMessage("Invalid image tag \"-foo\": the tag starts with '-' (position 1)");
    }

    @Test
    void comparesByContent() {
        assertThat(ImageReference.parse("app:1"))
                .isEqualTo(ImageReference.parse("index.docker.io/library/app:1"))
                .hasSameHashCodeAs(ImageReference.parse("docker.io/app:1"))
                .isNotEqualTo(ImageReference.parse("app:2"))
                .isNotEqualTo(ImageReference.parse("app"));
    }

    @Test
    void survivesSerialization() throws Exception {
        ImageReference reference = ImageReference.parse("registry.example:5000/team/app:1@sha256:" + F64);

        assertThat(copyOf(reference)).isEqualTo(reference);
    }

    @Test
    void refusesAForgedSerializedReference() {
        ImageReference forged = new ImageReference("registry.example", "<script>", null, null);

        assertThatThrownBy(() -> copyOf(forged)).isInstanceOf(InvalidReferenceException.class);
    }

    private static Object copyOf(Object original) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    private static void assertRefused(String text, int position, String reason) {
        assertThatThrownBy(() -> ImageReference.parse(text))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> {
                    assertThat(e.reason()).startsWith(reason);
                    assertThat(e.position()).isEqualTo(position);
                    assertThat(e).hasMessageEndingWith(e.reason() + " (position " + position + ")");
                });
    }
}

package io.jenkins.plugins.containerbuild.engine.build.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextFilesTest {

    @TempDir
    Path directory;

    private Tree tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = new Tree(directory).files("Dockerfile", "bar/foo", "foo/bar/baz", "foo/bax", "foo2", "x.log");
    }

    @Test
    void listsEverythingWithoutPatterns() throws Exception {
        assertThat(list(of(), of(), of()))
                .containsExactly(
                        "Dockerfile", "bar", "bar/foo", "foo", "foo/bar", "foo/bar/baz", "foo/bax", "foo2", "x.log");
    }

    @Test
    void sortsSlashesBelowEveryOtherCharacter() throws Exception {
        tree.files("foo-x", "foo.d/y", "foo\u00e4", "foo\uffee", "foo\ud83d\ude00");

        assertThat(list(of("foo*"), of("foo/**"), of()))
                .containsExactly(
                        "foo", "foo-x", "foo.d", "foo.d/y", "foo2", "foo\u00e4", "foo\uffee", "foo\ud83d\ude00");
    }

    @Test
    void reportsTheParentsOfWhatIsIncluded() throws Exception {
        assertThat(list(of("foo/bar/baz"), of(), of())).containsExactly("foo", "foo/bar", "foo/bar/baz");
        assertThat(list(of("**/baz"), of(), of())).containsExactly("foo", "foo/bar", "foo/bar/baz");
    }

    @Test
    void includesWhatIsBelowAMatch() throws Exception {
        assertThat(list(of("f*"), of(), of())).containsExactly("foo", "foo/bar", "foo/bar/baz", "foo/bax", "foo2");
    }

    @Test
    void takesExceptionsAmongTheIncluded() throws Exception {
        assertThat(list(of("foo", "!foo/bar"), of(), of())).containsExactly("foo", "foo/bax");
    }

    @Test
    void excludesWithExceptions() throws Exception {
        assertThat(list(of(), of("*", "!foo/bar"), of())).containsExactly("foo", "foo/bar", "foo/bar/baz");
    }

    @Test
    void appliesBothKindsOfPatterns() throws Exception {
        assertThat(list(of("foo", "*.log"), of("**/ba?", "!foo/bar/baz"), of()))
                .containsExactly("foo", "foo/bar", "foo/bar/baz", "x.log");
    }

    @Test
    void takesReceivedPatternsAsTheyAre() throws Exception {
        tree.files("#foo");

        assertThat(list(of(), of("#foo", " ./foo/../foo ", "", "bar", "Dockerfile", "x.log"), of()))
                .containsExactly("foo2");
    }

    @Test
    void addsFollowedPaths() throws Exception {
        Files.createSymbolicLink(tree.path("link"), Path.of("foo/bar"));

        assertThat(list(of("foo2"), of(), of("/link/baz")))
                .containsExactly("foo", "foo/bar", "foo/bar/baz", "foo2", "link");
        assertThat(list(of(), of(), of("/"))).hasSize(10);
    }

    @Test
    void neverLeavesTheContextThroughALink(@TempDir Path outside) throws Exception {
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(tree.path("out"), outside);

        assertThat(list(of(), of(), of("out/secret"))).containsExactly("out");
        assertThat(list(of("out", "out/**"), of(), of())).containsExactly("out");
        ContextFiles files = context(null).files(new PathPatterns(of(), of(), of()));
        Files.delete(tree.path("foo2"));
        Files.createSymbolicLink(tree.path("foo2"), outside.resolve("secret"));
        assertThatThrownBy(() -> files.open("foo2", 6))
                .isInstanceOf(ContextReadException.class)
                .hasMessageContaining("foo2");
    }

    @Test
    void namesABadPattern() {
        assertThatThrownBy(() -> list(of(), of("a[b"), of()))
                .isInstanceOf(ContextReadException.class)
                .hasMessageContaining("a[b");
    }

    @Test
    void ignoresTroubleWithWhatNobodyWants() throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "printf x > \"$(printf 'foo/caf\\351')\"")
                .directory(directory.toFile())
                .start();
        assertThat(shell.waitFor()).isZero();

        assertThat(list(of("**/baz"), of(), of())).containsExactly("foo", "foo/bar", "foo/bar/baz");
        assertThatThrownBy(() -> list(of("foo"), of(), of())).isInstanceOf(ContextReadException.class);
    }

    /** Facts from the test vectors of tonistiigi/fsutil. */
    @ParameterizedTest
    @CsvSource({
        "bar,       bar bar/foo",
        "bar/foo,   bar bar/foo",
        "bar/g*,    ''",
        "ba*/f*,    bar bar/foo",
        "bar*/,     bar bar/foo",
        "**/bar,    a a/b a/b/bar a/b/bar/foo a/b/bar/fop bar bar/foo foo foo/bar foo/bar/bee",
        "**/bar/foo, a a/b a/b/bar a/b/bar/foo bar bar/foo",
        "**/b*,     a a/b a/b/bar a/b/bar/foo a/b/bar/fop a/b/baz bar bar/foo baz foo foo/bar foo/bar/bee",
        "**/bar/f*, a a/b a/b/bar a/b/bar/foo a/b/bar/fop bar bar/foo",
        "**/bar/g*, ''",
        "**/f*,     a a/b a/b/bar a/b/bar/foo a/b/bar/fop bar bar/foo foo foo/bar foo/bar/bee foo2",
        "**/b*/f*,  a a/b a/b/bar a/b/bar/foo a/b/bar/fop bar bar/foo",
        "**/b*/foo, a a/b a/b/bar a/b/bar/foo bar bar/foo",
        "**/foo/**, foo foo/bar foo/bar/bee",
        "**/baz,    a a/b a/b/baz baz",
        "**, a a/b a/b/bar a/b/bar/foo a/b/bar/fop a/b/baz bar bar/foo baz foo foo/bar foo/bar/bee foo2",
    })
    void includesAsBuildKitDoes(String pattern, String expected, @TempDir Path other) throws Exception {
        Tree vectors = new Tree(other).files("a/b/bar/foo", "a/b/bar/fop", "bar/foo", "foo2", "foo/bar/bee");
        Files.createDirectories(vectors.path("a/b/baz"));
        Files.createDirectories(vectors.path("baz"));

        SelectedFiles files = new SelectedFiles(other, new PathPatterns(of(pattern), of(), of()));

        assertThat(String.join(" ", list(files))).isEqualTo(expected);
    }

    @Test
    void readsAsMuchAsWasAnnounced() throws Exception {
        ContextFiles files = context(null).files(new PathPatterns(of(), of(), of()));

        Files.writeString(tree.path("foo2"), "grown");
        try (InputStream in = files.open("foo2", 2)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("gr");
        }
        try (InputStream in = files.open("foo2", 7)) {
            assertThatThrownBy(in::readAllBytes).hasMessageContaining("foo2").hasMessageContaining("from 7 to 5 bytes");
        }
        assertThatThrownBy(() -> files.open("gone", 1))
                .hasMessageContaining("gone")
                .hasMessageContaining("vanished");
    }

    @Test
    void servesTheDockerfileAndItsIgnoreFileAlone() throws Exception {
        tree.files("docker/Dockerfile", "docker/Dockerfile.dockerignore", "docker/secret", ".dockerignore");
        BuildContext context = context("docker/Dockerfile");

        assertThat(list(context.dockerfileFiles(new PathPatterns(of(), of(), of()))))
                .containsExactly("Dockerfile", "Dockerfile.dockerignore");
        assertThat(list(context.dockerfileFiles(new PathPatterns(
                        of(), of(), of("Dockerfile", "Dockerfile.dockerignore", "dockerfile", "secret")))))
                .containsExactly("Dockerfile", "Dockerfile.dockerignore");
        assertThat(list(context.dockerfileFiles(new PathPatterns(of("Dockerfile"), of(), of()))))
                .containsExactly("Dockerfile");
    }

    @Test
    void doesNotServeTheContextsIgnoreFileAsTheDockerfiles() throws Exception {
        tree.file(".dockerignore", "x.log");

        ContextFiles files = context(null).dockerfileFiles(new PathPatterns(of(), of(), of()));

        assertThat(list(files)).containsExactly("Dockerfile");
    }

    @Test
    void namesTheIgnoreFileAfterTheDockerfileBehindALink() throws Exception {
        tree.file("real", "FROM scratch").file("Link.dockerignore", "x.log");
        Files.createSymbolicLink(tree.path("Link"), Path.of("real"));

        ContextFiles files = context("Link").dockerfileFiles(new PathPatterns(of(), of(), of()));

        assertThat(list(files)).containsExactly("real", "real.dockerignore");
        try (InputStream in = files.open("real.dockerignore", 5)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("x.log");
        }
    }

    private List<String> list(List<String> included, List<String> excluded, List<String> followed) throws Exception {
        return list(context(null).files(new PathPatterns(included, excluded, followed)));
    }

    private BuildContext context(String dockerfile) throws Exception {
        return BuildContext.open(directory, dockerfile, null);
    }

    private static List<String> list(ContextFiles files) throws IOException {
        List<String> paths = new ArrayList<>();
        for (ContextEntry entry = files.next(); entry != null; entry = files.next()) {
            paths.add(entry.path());
        }
        return paths;
    }

    private static List<String> of(String... patterns) {
        return List.of(patterns);
    }
}

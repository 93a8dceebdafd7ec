package io.jenkins.plugins.containerbuild.engine.build.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many of the cases are facts from the test vectors of tonistiigi/fsutil. */
class FollowedPathsTest {

    @TempDir
    Path directory;

    private Tree tree;

    @BeforeEach
    void makeTree() {
        tree = new Tree(directory);
    }

    @Test
    void addsWhatLinksLeadTo() throws Exception {
        tree.files("dir/foo", "bar", "baz");
        link("dir/l1", "foo");
        link("l2", "dir/l1");

        assertThat(resolve("l2", "bar")).containsExactly("bar", "dir/foo", "dir/l1", "l2");
    }

    @Test
    void survivesLoops() throws Exception {
        link("l1", "l1");
        link("l2", "l3");
        link("l3", "l2");
        link("l4", "l4/deeper");

        assertThat(resolve("l1", "l3", "l4/x")).containsExactly("l1", "l2", "l3", "l4");
    }

    @Test
    void takesAbsoluteTargetsAndDotsFromTheContextsTop() throws Exception {
        tree.files("dir/x", "foo/x", "baz");
        link("dir/l1", "/foo/bar/baz");
        link("foo/bar", "../../../");

        assertThat(resolve("dir/l1")).containsExactly("baz", "dir/l1", "foo/bar");
    }

    @Test
    void keepsPathsThatDoNotExist() throws Exception {
        assertThat(resolve("foo/bar/baz", "/bar/baz")).containsExactly("bar/baz", "foo/bar/baz");
        assertThat(resolve("f*/foo/t*")).containsExactly("f*/foo/t*");
    }

    @Test
    void leavesOutWhatLiesInSomethingElse() throws Exception {
        tree.files("foo/bar");
        link("l1", "/foo");

        assertThat(resolve("foo/bar/baz", "foo/bar", "l1")).containsExactly("foo", "l1");
    }

    @Test
    void takesALinkToTheTopForEverything() throws Exception {
        link("all", "/");

        assertThat(resolve("all")).contains(".");
    }

    @Test
    void followsTheLinksThatAWildcardMatches() throws Exception {
        tree.files("dir/x", "foo/bar1", "foo/bar3", "baz");
        link("dir/l1", "/foo/bar1");
        link("dir/l2", "/foo/bar2");
        link("dir/anotherlink", "/foo/bar3");
        link("foo/bar2", "../baz");

        assertThat(resolve("dir/l*")).containsExactly("baz", "dir/l*", "foo/bar1", "foo/bar2");
        assertThat(resolve("dir", "dir/*link")).containsExactly("dir", "foo/bar3");
    }

    @Test
    void followsTwoPathsThroughOneLink() throws Exception {
        tree.files("real/a", "real/b");
        link("link", "real");

        assertThat(resolve("link/a", "link/b")).containsExactly("link", "real/a", "real/b");
    }

    @Test
    void quotesTargetsThatLookLikePatterns() throws Exception {
        tree.files("a[1]*");
        link("link", "a[1]*");
        link("back\\slash", "link");

        assertThat(resolve("link")).containsExactly("a\\[1]\\*", "link");
        assertThat(resolve("back\\\\slash")).contains("link", "a\\[1]\\*");
    }

    @Test
    void namesABadPattern() {
        assertThatThrownBy(() -> resolve("a/[b"))
                .isInstanceOf(ContextReadException.class)
                .hasMessageContaining("'[b'")
                .hasMessageContaining(directory.toString());
    }

    private Set<String> resolve(String... paths) throws IOException {
        return new FollowedPaths(directory).resolve(List.of(paths));
    }

    private void link(String name, String target) throws IOException {
        Path link = tree.path(name);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
    }
}

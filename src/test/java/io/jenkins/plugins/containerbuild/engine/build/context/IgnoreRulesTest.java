package io.jenkins.plugins.containerbuild.engine.build.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoreRulesTest {

    /** Facts from the test vectors of moby's patternmatcher; a path may also match through a parent directory. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "** file true",
                "** file/ true",
                "**/ file true",
                "**/ file/ true",
                "** / true",
                "**/ / true",
                "** dir/file true",
                "**/ dir/file true",
                "**/ dir/file/ true",
                "**/** dir/file true",
                "**/** dir/file/ true",
                "dir/** dir/file true",
                "dir/** dir/file/ true",
                "dir/** dir/dir2/file true",
                "dir/** dir/dir2/file/ true",
                "**/dir dir true",
                "**/dir dir/file true",
                "**/dir2/* dir/dir2/file true",
                "**/dir2/* dir/dir2/file/ true",
                "**/dir2/** dir/dir2/dir3/file true",
                "**/dir2/** dir/dir2/dir3/file/ true",
                "**file file true",
                "**file dir/file true",
                "**/file dir/file true",
                "**file dir/dir/file true",
                "**/file dir/dir/file true",
                "**/file* dir/dir/file true",
                "**/file* dir/dir/file.txt true",
                "**/file*txt dir/dir/file.txt true",
                "**/file*.txt dir/dir/file.txt true",
                "**/file*.txt* dir/dir/file.txt true",
                "**/**/*.txt dir/dir/file.txt true",
                "**/**/*.txt2 dir/dir/file.txt false",
                "**/*.txt file.txt true",
                "**/**/*.txt file.txt true",
                "a**/*.txt a/file.txt true",
                "a**/*.txt a/dir/file.txt true",
                "a**/*.txt a/dir/dir/file.txt true",
                "a/*.txt a/dir/file.txt false",
                "a/*.txt a/file.txt true",
                "a/*.txt** a/file.txt true",
                "a[b-d]e ae false",
                "a[b-d]e ace true",
                "a[b-d]e aae false",
                "a[^b-d]e aze true",
                ".* .foo true",
                ".* foo false",
                "abc.def abcdef false",
                "abc.def abc.def true",
                "abc.def abcZdef false",
                "abc?def abcZdef true",
                "abc?def abcdef false",
                "a\\\\ a\\ true",
                "a\\*b a*b true",
                "**/foo/bar foo/bar true",
                "**/foo/bar dir/foo/bar true",
                "**/foo/bar dir/dir2/foo/bar true",
                "abc/** abc false",
                "abc/** abc/def true",
                "abc/** abc/def/ghi true",
                "**/.foo .foo true",
                "**/.foo bar.foo false",
                "a(b)c/def a(b)c/def true",
                "a(b)c/def a(b)c/xyz false",
                "a.|)$(}+{bc a.|)$(}+{bc true",
                "dist/proxy.py-2.4.0rc3.dev36+g08acad9-py3-none-any.whl"
                        + " dist/proxy.py-2.4.0rc3.dev36+g08acad9-py3-none-any.whl true",
                "dist/*.whl dist/proxy.py-2.4.0rc3.dev36+g08acad9-py3-none-any.whl true",
                // The vectors that moby takes from Go's filepath.Match.
                "abc abc true",
                "* abc true",
                "*c abc true",
                "a* a true",
                "a* abc true",
                "a* ab/c true",
                "a*/b abc/b true",
                "a*/b a/c/b false",
                "a*b*c*d*e*/f axbxcxdxe/f true",
                "a*b*c*d*e*/f axbxcxdxexxx/f true",
                "a*b*c*d*e*/f axbxcxdxe/xxx/f false",
                "a*b*c*d*e*/f axbxcxdxexxx/fff false",
                "a*b?c*x abxbbxdbxebxczzx true",
                "a*b?c*x abxbbxdbxebxczzy false",
                "ab[c] abc true",
                "ab[b-d] abc true",
                "ab[e-g] abc false",
                "ab[^c] abc false",
                "ab[^b-d] abc false",
                "ab[^e-g] abc true",
                "a\\*b ab false",
                "a?b a\u263ab true",
                "a[^a]b a\u263ab true",
                "a???b a\u263ab false",
                "a[^a][^a][^a]b a\u263ab false",
                "[a-\u03b6]* \u03b1 true",
                "*[a-\u03b6] A false",
                "a?b a/b false",
                "a*b a/b false",
                "[\\]a] ] true",
                "[\\-] - true",
                "[x\\-] x true",
                "[x\\-] - true",
                "[x\\-] z false",
                "[\\-x] x true",
                "[\\-x] - true",
                "[\\-x] a false",
                "*x xxx true",
                // Distinctions that follow from how moby sorts patterns into kinds.
                "**file dir/profile true",
                "**fi?e dir/profile false",
                "a**b axb false",
                "a**b ax/b true",
                "a** ab/c true",
                "a** b false",
                "*.txt dir/a.txt false",
                "*** a/b true",
                "[!a] ! true",
                "[*] * true",
                "\\d d true",
                "? \uD83D\uDE00 true",
            })
    void matchesTheVectorsOfMoby(String pattern, String path, boolean excluded) throws Exception {
        assertThat(rules(pattern).excludes(path)).isEqualTo(excluded);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "!fileutils.go|*.go fileutils.go true",
                "*.go|!fileutils.go fileutils.go false",
                "docs|!docs/README.md docs/README.md false",
                "docs/|!docs/README.md docs/README.md false",
                "docs/*|!docs/README.md docs/README.md false",
                "docs|!docs/README.md docs/other.md true",
                "**|!util/docker/web util/docker/web/foo false",
                "**|!util/docker/web|util/docker/web/foo util/docker/web/foo true",
                "**|!dist/*.whl dist/proxy.py-2.4.0rc3.dev36+g08acad9-py3-none-any.whl false",
                "*|!**/*.md a/b/c.md false",
                "*|!**/*.md|a/*.md a/c.md true",
                // Surprising, but what the docker CLI and BuildKit do: a line that had nothing left to exclude at the
                // directory does not count for the files in it.
                "*|!**/*.md|a/b a/b/c.md false",
                "*|!a|a/b|!a/b/c a/b/c/d false",
                "*|!a|a/b|!a/b/c a/b/d true",
            })
    void letsTheLastMatchingLineDecide(String lines, String path, boolean excluded) throws Exception {
        assertThat(rules(lines.split("\\|")).excludes(path)).isEqualTo(excluded);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ',',
            quoteCharacter = '"',
            value = {
                "test1, test1",
                "/test2, test2",
                "//test2, test2",
                "/a/file/here, a/file/here",
                "./a/./b//c/, a/b/c",
                "a/../b, b",
                "a/b/../../.., ..",
                "/.., /",
                "., .",
                "\"\", \"\"",
                "\"  \t \", \"\"",
                "\"\u00a0\u2003x\u0085\r\", x",
                "# this is a comment, \"\"",
                "\" # this is none\", # this is none",
                "! /inverted/abs/path, !inverted/abs/path",
                "!, !",
                "\"! \", !",
                "!/, !",
                "!./x, !x",
            })
    void bringsLinesIntoTheirShortestForm(String line, String pattern) {
        assertThat(IgnoreLine.pattern(line, false)).isEqualTo(pattern);
    }

    @Test
    void takesBackslashesAsSlashesWhereTheyAre() {
        assertThat(IgnoreLine.pattern("a\\b\\..\\*.txt", true)).isEqualTo("a/*.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!",
                "! ",
                "[]a]",
                "[-]",
                "[x-]",
                "[-x]",
                "\\",
                "[a-b-c]",
                "[",
                "[^",
                "[^bc",
                "a[",
                "[]",
                "a\\",
                "[a\\",
                "[Local-Only]/"
            })
    void refusesWhatIsNoPattern(String pattern) {
        assertThatThrownBy(() -> rules(pattern)).isInstanceOf(BadPatternException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "*|!a/b/c a true",
                "*|!a/b/c a/b true",
                "*|!a/b/c b false",
                "*|!**/*.md a true",
                "*|!a*/x.md b false",
                "*|!a*/x.md ab true",
                "*|!a*/x.md ab/c false",
                "*|!a/** a true",
                "*|!b/** a false",
                "*|!?/[x-z]/f a true",
                "*|!?/[x-z]/f a/y true",
                "*|!?/[x-z]/f a/w false",
                "!a/b|* a false",
                "*|!a|a a false",
            })
    void knowsWhereExceptionsCanBringSomethingBack(String lines, String directory, boolean possible) throws Exception {
        IgnoreRules rules = rules(lines.split("\\|"));
        IgnoreRules.Verdict verdict = rules.root();
        for (int slash = directory.indexOf('/'); slash > 0; slash = directory.indexOf('/', slash + 1)) {
            verdict = rules.judge(verdict, directory.substring(0, slash));
        }

        assertThat(rules.mayKeepBelow(rules.judge(verdict, directory), directory))
                .isEqualTo(possible);
    }

    @Test
    void keepsASingleFileLiterally() throws Exception {
        IgnoreRules rules = rules("**").keeping("docker/Docker[file]");

        assertThat(rules.excludes("docker/Docker[file]")).isFalse();
        assertThat(rules.excludes("docker/Dockerf")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*a", "**/a", "*?", "**a/", "[a]*", "*"})
    void staysQuickWhateverThePattern(String piece) throws Exception {
        IgnoreRules rules = rules(piece.repeat(1000) + "b");
        String path = "a/".repeat(1000) + "a".repeat(2000);

        assertTimeout(
                Duration.ofSeconds(10), () -> assertThat(rules.root()).satisfies(root -> rules.judge(root, path)));
    }

    private static IgnoreRules rules(String... lines) throws BadPatternException {
        IgnoreRules.Builder rules = new IgnoreRules.Builder(false);
        for (String line : lines) {
            rules.add(line);
        }
        return rules.build();
    }
}

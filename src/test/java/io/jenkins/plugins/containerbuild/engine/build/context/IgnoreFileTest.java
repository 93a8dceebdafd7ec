package io.jenkins.plugins.containerbuild.engine.build.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IgnoreFileTest {

    @TempDir
    Path directory;

    @Test
    void readsAFileWithByteOrderMarkCommentsAndWindowsLineEnds() throws Exception {
        IgnoreRules rules = IgnoreFile.rules(write("\uFEFF# comment\r\n\r\n*.log\r\n!keep.log\r\n"));

        assertThat(rules.excludes("a.log")).isTrue();
        assertThat(rules.excludes("keep.log")).isFalse();
        assertThat(rules.excludes("# comment")).isFalse();
    }

    @Test
    void stripsTheByteOrderMarkFromAPattern() throws Exception {
        assertThat(IgnoreFile.rules(write("\uFEFFsecret")).excludes("secret")).isTrue();
    }

    @Test
    void namesFileLineAndPattern() throws Exception {
        Path file = write("ok\n# comment\n  a[b\n");

        assertThatThrownBy(() -> IgnoreFile.rules(file))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith(
                        "could not use the ignore file " + file + ": line 3 is no pattern (a[b): '[' has");
    }

    @Test
    void refusesAnEndlessFile() throws Exception {
        Path file = directory.resolve("large");
        Files.write(file, new byte[(1 << 20) + 1]);

        assertThatThrownBy(() -> IgnoreFile.rules(file))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("larger than 1048576 bytes");
    }

    @Test
    void refusesADirectory() {
        assertThatThrownBy(() -> IgnoreFile.rules(directory))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("it is no regular file");
    }

    private Path write(String text) throws Exception {
        return Files.writeString(directory.resolve(".dockerignore"), text);
    }
}

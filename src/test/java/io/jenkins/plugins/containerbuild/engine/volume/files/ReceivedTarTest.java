package io.jenkins.plugins.containerbuild.engine.volume.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a daemon sends leads nowhere but to where it is written, whoever the daemon is. */
class ReceivedTarTest {

    private static InputStream archive(TarArchiveEntry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = TarStream.posix(bytes)) {
            for (TarArchiveEntry entry : entries) {
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static TarArchiveEntry entry(String name) {
        return new TarArchiveEntry(name, true);
    }

    private static TarArchiveEntry link(String name, byte flag, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(name, flag, true);
        entry.setLinkName(target);
        return entry;
    }

    private static List<String> paths(InputStream in) throws IOException {
        ReceivedTar tar = ReceivedTar.ofDaemon(in);
        List<String> paths = new ArrayList<>();
        for (ReceivedTar.Item item = tar.next(); item != null; item = tar.next()) {
            paths.add(item.path());
        }
        return paths;
    }

    @Test
    void pathsBeginBehindWhatWasAskedFor() throws Exception {
        assertThat(paths(archive(entry("volume/"), entry("volume/a"), entry("volume/a/b"))))
                .containsExactly("", "a", "a/b");
        assertThat(paths(archive(entry("/"), entry("/a"), entry("a/./b/")))).containsExactly("", "a", "a/b");
        assertThat(paths(archive(entry("file")))).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "volume/../x",
                "../x",
                "volume/a/../../../x",
                "/volume/..",
                "elsewhere/x",
                "volumes/x",
                "volume/a\u001b[2J"
            })
    void whatWouldLeadOutIsRefused(String name) {
        assertThatThrownBy(() -> paths(archive(entry("volume/"), entry(name))))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the daemon has an entry '")
                .message()
                .doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "volume/../../x", "other"})
    void hardLinksLeadToNothingElse(String target) {
        assertThatThrownBy(() -> paths(archive(entry("volume/"), link("volume/x", TarConstants.LF_LINK, target))))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the daemon has an entry '");
    }

    @Test
    void symbolicLinksAreLeftAsTheyAre() throws Exception {
        ReceivedTar tar = ReceivedTar.ofDaemon(
                archive(entry("volume/"), link("volume/x", TarConstants.LF_SYMLINK, "../../etc/passwd")));
        tar.next();

        assertThat(tar.next().link()).isEqualTo("../../etc/passwd");
    }

    @Test
    void devicesAndPipesAreTold() throws Exception {
        ReceivedTar tar = ReceivedTar.ofDaemon(archive(
                entry("v/"),
                link("v/b", TarConstants.LF_BLK, ""),
                link("v/c", TarConstants.LF_CHR, ""),
                link("v/p", TarConstants.LF_FIFO, "")));

        assertThat(tar.next().isSpecial()).isFalse();
        assertThat(tar.next().isSpecial()).isTrue();
        assertThat(tar.next().isSpecial()).isTrue();
        assertThat(tar.next().isSpecial()).isTrue();
    }

    @Test
    void garbageIsAnError() {
        byte[] garbage = new byte[4096];
        new Random(7).nextBytes(garbage);

        assertThatThrownBy(() -> paths(new ByteArrayInputStream(garbage))).isInstanceOf(IOException.class);
    }
}

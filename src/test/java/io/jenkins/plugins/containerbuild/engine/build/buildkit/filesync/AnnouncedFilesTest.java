package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync.AnnouncedFiles.Announced;
import org.junit.jupiter.api.Test;

class AnnouncedFilesTest {

    @Test
    void findsFilesByTheirNumbers() {
        AnnouncedFiles files = new AnnouncedFiles();
        files.add(0, "top", 1);
        files.add(3, "a/b/\u00e4", 5_000_000_000L);
        files.add(4, "a/c", 0);

        assertThat(files.find(0)).isEqualTo(new Announced("top", 1));
        assertThat(files.find(3)).isEqualTo(new Announced("a/b/\u00e4", 5_000_000_000L));
        assertThat(files.find(4)).isEqualTo(new Announced("a/c", 0));
        assertThat(files.find(1)).isNull();
        assertThat(files.find(5)).isNull();
    }

    @Test
    void growsWithTheirNumber() {
        AnnouncedFiles files = new AnnouncedFiles();
        for (int i = 0; i < 10_000; i++) {
            files.add(2 * i, "directory" + i / 100 + "/file" + i, i);
        }

        for (int i = 0; i < 10_000; i++) {
            assertThat(files.find(2 * i)).isEqualTo(new Announced("directory" + i / 100 + "/file" + i, i));
        }
    }
}

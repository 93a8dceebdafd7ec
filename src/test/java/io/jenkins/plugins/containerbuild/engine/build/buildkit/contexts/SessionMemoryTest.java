package io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync.SentDirectory;
import io.jenkins.plugins.containerbuild.engine.build.context.PathPatterns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionMemoryTest {

    private static final RememberedSession SESSION = new RememberedSession(
            UUID.randomUUID().toString(),
            true,
            List.of(new SentDirectory(
                    "context",
                    new PathPatterns(List.of("in"), List.of("out\u00e4", "!back"), List.of("followed")),
                    "digest")));

    @TempDir
    Path folder;

    @Test
    void handsOutWhatWasPutInOnce() {
        SessionMemory memory = new SessionMemory(folder.resolve("new"));
        memory.put("key", SESSION);

        assertThat(memory.take("other")).isEmpty();
        assertThat(new SessionMemory(folder.resolve("new")).take("key")).hasValue(SESSION);
        assertThat(memory.take("key")).isEmpty();
        assertThat(folder.resolve("new")).isEmptyDirectory();
    }

    @Test
    void nobodyElseCanReadIt() throws Exception {
        new SessionMemory(folder).put("key", SESSION);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void knowsNothingFromAFileThatSaysNothing() throws Exception {
        SessionMemory memory = new SessionMemory(folder);
        for (String text : List.of("", "{", "[]", "null", "{\"id\":\"../x\",\"sent\":[]}", "{\"id\":1}")) {
            Files.writeString(folder.resolve("key"), text);

            assertThat(memory.take("key")).as(text).isEmpty();
        }
    }

    @Test
    void doesWithoutAFolder() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        SessionMemory memory = new SessionMemory(file.resolve("below"));

        memory.put("key", SESSION);

        assertThat(memory.take("key")).isEmpty();
    }

    @Test
    void forgetsTheOldest() throws Exception {
        SessionMemory memory = new SessionMemory(folder);
        for (int i = 0; i < 220; i++) {
            memory.put("key" + i, SESSION);
        }

        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(200);
        }
        assertThat(memory.take("key219")).isPresent();
    }
}

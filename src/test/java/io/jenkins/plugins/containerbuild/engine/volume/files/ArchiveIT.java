package io.jenkins.plugins.containerbuild.engine.volume.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.volume.ArchiveRequest;
import io.jenkins.plugins.containerbuild.engine.volume.RemoveRequest;
import io.jenkins.plugins.containerbuild.engine.volume.TransferResult;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeKit;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeRequest;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestOnEveryEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume's files go into an archive and out of it again. */
class ArchiveIT {

    private static final String SHOW =
            "cd /v; find . ! -type l -exec stat -c '%n %u:%g %a %Y' {} + | sort; readlink link";

    @TempDir
    private Path folder;

    private final List<String> volumes = new ArrayList<>();
    private EngineUnderTest under;
    private VolumeKit kit;

    private void open(TestEngine daemon) throws Exception {
        kit = VolumeKit.on(daemon);
        under = EngineUnderTest.on(daemon);
    }

    private String newVolume() throws Exception {
        String name = VolumeKit.newName();
        under.engine().volumes().ensure(VolumeRequest.of(name, VolumeKit.MAKER).build());
        volumes.add(name);
        return name;
    }

    @AfterEach
    void nothingIsLeftBehind() throws Exception {
        under.engine().volumes().remove(new RemoveRequest(volumes, "controller-1", true, true));
        under.close();
        assertThat(kit.leftBehind()).isEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".unfinished"));
        }
    }

    private ArchiveRequest request(String volume, String file) {
        return new ArchiveRequest(volume, file, folder.toString(), VolumeKit.MAKER);
    }

    @TestOnEveryEngine
    void restoresWhatWasArchived(TestEngine daemon) throws Exception {
        open(daemon);
        String from = newVolume();
        String to = newVolume();
        kit.sh(
                from,
                "0",
                "cd /v; mkdir -p d/e; echo one > d/e/one; echo two > two; chmod 1777 d; ln two again;"
                        + " ln -s /nowhere link; chown 1234:2345 two d/e; chown 7:8 /v; echo s > suid; chown 5:6 suid; chmod 4750 suid; chmod 2755 /v;"
                        + " touch -t 202001020304 d/e/one suid two d/e d .");

        TransferResult archived = under.engine().volumes().archive(request(from, "out.tar.gz"));
        TransferResult restored = under.engine().volumes().restore(request(to, "out.tar.gz"));

        assertThat(archived.files()).isEqualTo(5);
        assertThat(archived.archiveBytes()).isEqualTo(Files.size(folder.resolve("out.tar.gz")));
        assertThat(restored.files()).isEqualTo(5);
        assertThat(kit.sh(to, "0", "cat /v/d/e/one /v/again; stat -c %h /v/two"))
                .isEqualTo("one\ntwo\n2");
        if (daemon.kind() == EngineKind.PODMAN_5) {
            assertThat(under.log()).contains("WARNING: Podman does not tell whose files are");
            assertThat(kit.sh(to, "0", "stat -c '%a %Y' /v/d/e/one /v/d"))
                    .isEqualTo(kit.sh(from, "0", "stat -c '%a %Y' /v/d/e/one /v/d"));
        } else {
            assertThat(kit.sh(to, "0", SHOW)).isEqualTo(kit.sh(from, "0", SHOW)).contains("./suid 5:6 4750");
            assertThat(under.log()).doesNotContain("WARNING");
        }
    }

    @Test
    @WithEngine
    void anotherTarReadsTheArchive(TestEngine daemon) throws Exception {
        open(daemon);
        String from = newVolume();
        kit.sh(from, "0", "cd /v; echo two > two; chown 1234:2345 two");

        under.engine().volumes().archive(request(from, "out.tar.gz"));

        Process tar = new ProcessBuilder(
                        "tar", "-tvzf", folder.resolve("out.tar.gz").toString(), "--numeric-owner")
                .redirectErrorStream(true)
                .start();
        String listed = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tar.waitFor()).isZero();
        assertThat(listed).contains("1234/2345", " ./two", " ./\n");
    }

    @Test
    @WithEngine
    void aFailedArchiveLeavesTheOldOne(TestEngine daemon) throws Exception {
        open(daemon);
        Files.writeString(folder.resolve("out.tar.gz"), "old");

        assertThatThrownBy(() -> under.engine().volumes().archive(request("no-such-volume", "out.tar.gz")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("has no volume no-such-volume");
        assertThatThrownBy(() -> under.engine().volumes().archive(request("no-such-volume", "../out.tar.gz")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("outside the workspace");

        assertThat(folder.resolve("out.tar.gz")).hasContent("old");
    }

    private interface Entries {
        void addTo(TarArchiveOutputStream tar) throws IOException;
    }

    private void archive(Entries entries) throws IOException {
        try (OutputStream file = Files.newOutputStream(folder.resolve("in.tar.gz"));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
            entries.addTo(tar);
        }
    }

    private static void add(TarArchiveOutputStream tar, String name, byte flag, String link) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, flag, true);
        if (link != null) {
            entry.setLinkName(link);
        }
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    @TestOnEveryEngine
    void aHostileArchiveStaysInTheVolume(TestEngine daemon) throws Exception {
        open(daemon);
        String volume = newVolume();
        archive(tar -> {
            add(tar, "/absolute", TarConstants.LF_NORMAL, null);
            add(tar, "device", TarConstants.LF_BLK, null);
            add(tar, "pipe", TarConstants.LF_FIFO, null);
        });

        TransferResult result = under.engine().volumes().restore(request(volume, "in.tar.gz"));

        assertThat(result.files()).isEqualTo(1);
        assertThat(result.skipped()).isEqualTo(2);
        assertThat(kit.sh(volume, "0", "ls /v")).isEqualTo("absolute");
        for (String name : List.of("../up", "a/../../up")) {
            archive(tar -> add(tar, name, TarConstants.LF_NORMAL, null));
            assertThatThrownBy(() -> under.engine().volumes().restore(request(volume, "in.tar.gz")))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("the archive has an entry '" + name + "'");
        }
        archive(tar -> add(tar, "link", TarConstants.LF_LINK, "../../etc/passwd"));
        assertThatThrownBy(() -> under.engine().volumes().restore(request(volume, "in.tar.gz")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("'..' could lead out of the volume");
    }

    @Test
    @WithEngine
    void whatIsNoArchiveIsSaidSo(TestEngine daemon) throws Exception {
        open(daemon);
        String volume = newVolume();
        Files.writeString(folder.resolve("text"), "no archive");
        Files.writeString(folder.resolve("empty"), "");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("text.gz")))) {
            out.write("no tar archive".repeat(100).getBytes(StandardCharsets.UTF_8));
        }
        archive(tar -> {
            TarArchiveEntry entry = new TarArchiveEntry("data");
            entry.setSize(500_000);
            tar.putArchiveEntry(entry);
            byte[] bytes = new byte[500_000];
            new java.util.Random(1).nextBytes(bytes);
            tar.write(bytes);
            tar.closeArchiveEntry();
        });
        byte[] whole = Files.readAllBytes(folder.resolve("in.tar.gz"));
        Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(whole, whole.length / 2));

        for (String file : List.of("text", "empty", "text.gz", "cut")) {
            assertThatThrownBy(() -> under.engine().volumes().restore(request(volume, file)))
                    .as(file)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("could not restore the volume " + volume + " from " + file
                            + ": it is no gzip-compressed tar archive, or broken");
        }
        assertThatThrownBy(() -> under.engine().volumes().restore(request(volume, "missing")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("it does not exist");
        assertThatThrownBy(() -> under.engine().volumes().restore(request(volume, ".")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("it is no file");
    }
}

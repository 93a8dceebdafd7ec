package io.jenkins.plugins.containerbuild.engine.volume.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.volume.CopyPlace;
import io.jenkins.plugins.containerbuild.engine.volume.CopyRequest;
import io.jenkins.plugins.containerbuild.engine.volume.RemoveRequest;
import io.jenkins.plugins.containerbuild.engine.volume.TransferResult;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeKit;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeOwner;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeRequest;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestOnEveryEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files go between a workspace and a volume. */
class CopyIT {

    private static final FileTime TIME = FileTime.from(Instant.parse("2024-01-02T03:04:05Z"));

    @TempDir
    private Path folder;

    private Path workspace;
    private String volume;
    private EngineUnderTest under;
    private VolumeKit kit;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = Files.createDirectory(folder.resolve("workspace"));
        Files.createDirectory(folder.resolve("secret"));
        Files.writeString(folder.resolve("secret/key"), "secret");
    }

    private void open(TestEngine daemon) throws Exception {
        kit = VolumeKit.on(daemon);
        volume = VolumeKit.newName();
        under = EngineUnderTest.on(daemon);
        under.engine()
                .volumes()
                .ensure(VolumeRequest.of(volume, VolumeKit.MAKER)
                        .owner(new VolumeOwner(1000, 1000))
                        .build());
    }

    @AfterEach
    void nothingIsLeftBehind() throws Exception {
        if (under != null) {
            under.engine().volumes().remove(new RemoveRequest(List.of(volume), "controller-1", true, true));
            under.close();
            assertThat(kit.leftBehind()).isEmpty();
        }
    }

    private TransferResult copy(String from, String to) throws Exception {
        return copy(from, to, null);
    }

    private TransferResult copy(String from, String to, VolumeOwner owner) throws Exception {
        CopyRequest request = CopyRequest.of(
                CopyPlace.parse("from", from), CopyPlace.parse("to", to), workspace.toString(), VolumeKit.MAKER);
        return under.engine().volumes().copy(owner == null ? request : request.withOwner(owner));
    }

    private Path file(String name, String content, String mode) throws IOException {
        Path file = workspace.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        Files.setLastModifiedTime(file, TIME);
        return file;
    }

    @TestOnEveryEngine
    void aDirectoryGoesThereAndBack(TestEngine daemon) throws Exception {
        open(daemon);
        file("tree/run.sh", "#!/bin/sh", "rwxr-x---");
        file("tree/a/b/data", "x".repeat(100_000), "rw-------");
        file("tree/" + "n".repeat(150) + "/" + "m".repeat(120), "long", "rw-r--r--");
        file("tree/ünï.txt", "unicode", "rw-r--r--");
        Files.createSymbolicLink(workspace.resolve("tree/link"), Path.of("/etc/passwd"));
        Files.createDirectory(workspace.resolve("tree/empty"));

        TransferResult there = copy("tree", volume + ":/sub/dir");
        TransferResult back = copy(volume + ":/sub/dir", "out");

        assertThat(there.files()).isEqualTo(5);
        assertThat(there.bytes()).isEqualTo(100_000 + 9 + 4 + 7);
        assertThat(back.files()).isEqualTo(5);
        assertThat(kit.sh(volume, "0", "cd /v/sub/dir; stat -c %a run.sh a/b/data; readlink link; stat -c %u:%g /v"))
                .isEqualTo("750\n600\n/etc/passwd\n1000:1000");
        Path out = workspace.resolve("out");
        assertThat(out.resolve("a/b/data")).hasContent("x".repeat(100_000));
        assertThat(out.resolve("n".repeat(150)).resolve("m".repeat(120))).hasContent("long");
        assertThat(out.resolve("ünï.txt")).hasContent("unicode");
        assertThat(out.resolve("empty")).isEmptyDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("run.sh"))))
                .isEqualTo("rwxr-x---");
        assertThat(Files.getLastModifiedTime(out.resolve("run.sh"))).isEqualTo(TIME);
        assertThat(Files.readSymbolicLink(out.resolve("link"))).hasToString("/etc/passwd");
        assertThat(under.log())
                .contains("Copied tree to " + volume + ":/sub/dir: 5 files, 100.0 kB")
                .contains("Copied " + volume + ":/sub/dir to out: 5 files");
    }

    @TestOnEveryEngine
    void copiesCanBeGivenToAnOwner(TestEngine daemon) throws Exception {
        open(daemon);
        file("tree/data", "x", "rw-------");

        copy("tree", volume + ":/new/place", new VolumeOwner(1000, 1001));

        assertThat(kit.sh(
                        volume,
                        "1000",
                        "cat /v/new/place/data; stat -c ' %u:%g' /v/new/place/data /v/new/place /v/new"))
                .isEqualTo("x 1000:1001\n 1000:1001\n 1000:1001");
    }

    @TestOnEveryEngine
    void aSingleFileTakesTheNameOrGoesIntoTheDirectory(TestEngine daemon) throws Exception {
        open(daemon);
        file("settings.xml", "<settings/>", "rw-r--r--");

        copy("settings.xml", volume + ":/");
        copy("settings.xml", volume + ":/conf/");
        copy("settings.xml", volume + ":/conf");
        copy("settings.xml", volume + ":/other.xml");
        copy(volume + ":/other.xml", "got.xml");
        copy(volume + ":/conf/settings.xml", "dir/");
        copy(volume + ":/other.xml", ".");

        assertThat(kit.sh(volume, "0", "cd /v; find . -type f | sort"))
                .isEqualTo("./conf/settings.xml\n./other.xml\n./settings.xml");
        assertThat(workspace.resolve("got.xml")).hasContent("<settings/>");
        assertThat(workspace.resolve("dir/settings.xml")).hasContent("<settings/>");
        assertThat(workspace.resolve("other.xml")).hasContent("<settings/>");
    }

    @Test
    @WithEngine
    void aDirectoryIsNotReplacedByAFile(TestEngine daemon) throws Exception {
        open(daemon);
        file("tree/name", "file", "rw-r--r--");
        kit.sh(volume, "0", "mkdir /v/name; touch /v/name/precious");

        assertThatThrownBy(() -> copy("tree", volume + ":/"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("could not copy tree to " + volume)
                .hasMessageContaining("cannot overwrite");
        kit.sh(volume, "0", "ls /v/name/precious; rm -r /v/name; touch /v/name");
        Files.createDirectories(workspace.resolve("out/name/precious"));

        assertThatThrownBy(() -> copy(volume + ":/", "out"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("could not write the copy")
                .hasMessageContaining("a directory is where the file 'name' is to be");
        assertThat(workspace.resolve("out/name/precious")).exists();
    }

    @TestOnEveryEngine
    void whatIsMissingIsNamed(TestEngine daemon) throws Exception {
        open(daemon);

        assertThatThrownBy(() -> copy("missing", volume + ":/"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("could not copy missing to " + volume + ":/")
                .hasMessageContaining("it does not exist");
        assertThatThrownBy(() -> copy(volume + ":/no/such", "out"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("there is no /no/such in the volume " + volume);
        assertThat(workspace.resolve("out")).doesNotExist();
        assertThatThrownBy(() -> copy("no-such-volume:/", "out"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("has no volume no-such-volume");
        assertThat(kit.hasVolume("no-such-volume")).isFalse();
    }

    @Test
    @WithEngine
    void nothingOutsideOfTheWorkspaceIsReadOrWritten(TestEngine daemon) throws Exception {
        open(daemon);
        Files.createSymbolicLink(workspace.resolve("way-out"), folder.resolve("secret"));
        kit.sh(volume, "0", "echo hostile > /v/key");

        for (String outside : List.of("../secret", folder.resolve("secret").toString(), "way-out")) {
            assertThatThrownBy(() -> copy(outside, volume + ":/"))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("outside the workspace");
            assertThatThrownBy(() -> copy(volume + ":/", outside))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("outside the workspace");
        }
        assertThatThrownBy(() -> copy(volume + ":/../..", "out"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'..' could lead out of the volume");
        assertThat(folder.resolve("secret/key")).hasContent("secret");
        assertThat(kit.sh(volume, "0", "ls /v")).isEqualTo("key");
    }

    @TestOnEveryEngine
    void linksInAVolumeLeadNowhereElse(TestEngine daemon) throws Exception {
        open(daemon);
        kit.sh(
                volume,
                "0",
                "cd /v; ln -s " + folder.resolve("secret") + " a; mkdir b; echo hostile > b/key; ln b/key b/again");
        Files.createSymbolicLink(
                Files.createDirectory(workspace.resolve("out")).resolve("b"), folder.resolve("secret"));

        copy(volume + ":/", "out");

        assertThat(folder.resolve("secret/key")).hasContent("secret");
        assertThat(Files.isDirectory(workspace.resolve("out/b"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(workspace.resolve("out/b/again")).hasContent("hostile\n");
        assertThat(Files.readSymbolicLink(workspace.resolve("out/a"))).isEqualTo(folder.resolve("secret"));
    }

    @TestOnEveryEngine
    void devicesAndPipesAreLeftOut(TestEngine daemon) throws Exception {
        open(daemon);
        kit.sh(volume, "0", "mkfifo /v/pipe; echo x > /v/file");

        TransferResult result = copy(volume + ":", "out");

        assertThat(result.skipped()).isEqualTo(1);
        assertThat(workspace.resolve("out")).isDirectoryNotContaining("glob:**pipe");
        assertThat(workspace.resolve("out/file")).exists();
        assertThat(under.log()).contains("WARNING: 'pipe' is left out");
    }

    @Test
    @WithEngine
    void anUnreadableFileIsNamed(TestEngine daemon) throws Exception {
        open(daemon);
        file("tree/a", "a", "rw-r--r--");
        Files.createDirectory(workspace.resolve("tree/b"));
        Path loop = Files.createSymbolicLink(workspace.resolve("loop"), Path.of("loop"));

        assertThatThrownBy(() -> copy("loop", volume + ":/"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("could not copy loop");
        Files.delete(loop);
    }
}

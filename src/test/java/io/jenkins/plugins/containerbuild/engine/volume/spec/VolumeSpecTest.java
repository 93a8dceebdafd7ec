package io.jenkins.plugins.containerbuild.engine.volume.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.volume.spec.VolumeSpec.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The docker CLI's and Compose's ways to write a volume. */
class VolumeSpecTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            nullValues = "-",
            value = {
                "/data ANONYMOUS - /data false",
                "m2:/root/.m2 NAMED m2 /root/.m2 false",
                "m2:/root/.m2:ro NAMED m2 /root/.m2 true",
                "m2:/root/.m2:rw NAMED m2 /root/.m2 false",
                "m2:/root/.m2:ro,nocopy NAMED m2 /root/.m2 true",
                "v1.0_a-b:/x NAMED v1.0_a-b /x false",
                "./data:/data HOST_PATH ./data /data false",
                "../data:/data HOST_PATH ../data /data false",
                ".:/src HOST_PATH . /src false",
                "/abs:/data:z HOST_PATH /abs /data false",
                "/abs:/data:ro,Z,rslave HOST_PATH /abs /data true",
                "~/cache:/data HOST_PATH ~/cache /data false",
                "/a:/b:cached HOST_PATH /a /b false",
                "C:\\data:/data HOST_PATH C:\\data /data false",
                "c:/data:/data:ro HOST_PATH c:/data /data true",
                "C:\\data:D:\\data HOST_PATH C:\\data D:\\data false",
                "a:/data ANONYMOUS - a:/data false",
                "C:\\data ANONYMOUS - C:\\data false",
                "named:C:\\data:ro NAMED named C:\\data true",
                "\\\\.\\pipe\\docker:\\\\.\\pipe\\docker HOST_PATH \\\\.\\pipe\\docker \\\\.\\pipe\\docker false",
                "type=volume,source=m2,target=/m2 NAMED m2 /m2 false",
                "source=m2,target=/m2 NAMED m2 /m2 false",
                "src=m2,dst=/m2,ro NAMED m2 /m2 true",
                "readonly,src=m2,destination=/m2 NAMED m2 /m2 true",
                "type=volume,dst=/m2 ANONYMOUS - /m2 false",
                "Type=Volume,Source=m2,Target=/m2,readonly=false NAMED m2 /m2 false",
                "type=bind,src=./data,dst=/data,readonly=1 HOST_PATH ./data /data true",
                "type=bind,src=data,dst=/data HOST_PATH data /data false",
                "type=tmpfs,dst=/tmp,tmpfs-size=64m,tmpfs-mode=1777 TMPFS - /tmp false",
            })
    void tellsTheKindsApart(String text, Kind kind, String source, String target, boolean readOnly) throws Exception {
        VolumeSpec spec = VolumeSpec.parse(text);

        assertThat(spec.kind()).isEqualTo(kind);
        assertThat(spec.source()).isEqualTo(source);
        assertThat(spec.target()).isEqualTo(target);
        assertThat(spec.readOnly()).isEqualTo(readOnly);
    }

    @Test
    void readsOptions() throws Exception {
        assertThat(VolumeSpec.parse("/a:/b:ro,Z,rslave,delegated").options())
                .isEqualTo(new MountOptions(
                        "Z", "rslave", null, true, false, null, "delegated", null, Map.of(), Map.of(), null, null));
        assertThat(VolumeSpec.parse("m2:/b:nocopy").options().nocopy()).isTrue();
        MountOptions options = VolumeSpec.parse("type=volume,src=nfs,dst=/data,volume-driver=local,volume-opt=type=nfs,"
                        + "\"volume-opt=o=addr=10.0.0.1,rw\",volume-label=team=a,volume-nocopy,volume-subpath=a/b")
                .options();
        assertThat(options.driver()).isEqualTo("local");
        assertThat(options.driverOpts())
                .containsExactlyInAnyOrderEntriesOf(Map.of("type", "nfs", "o", "addr=10.0.0.1,rw"));
        assertThat(options.labels()).isEqualTo(Map.of("team", "a"));
        assertThat(options.nocopy()).isTrue();
        assertThat(options.subpath()).isEqualTo("a/b");
        assertThat(options.toString()).doesNotContain("10.0.0.1");
        assertThat(VolumeSpec.parse("type=bind,src=/a,dst=/b,bind-propagation=shared,bind-recursive=readonly")
                        .options())
                .extracting(MountOptions::propagation, MountOptions::recursive, MountOptions::createHostPath)
                .containsExactly("shared", "readonly", null);
        assertThat(VolumeSpec.parse("type=tmpfs,dst=/t,tmpfs-size=1m,tmpfs-mode=0700")
                        .options())
                .extracting(MountOptions::tmpfsSize, MountOptions::tmpfsMode)
                .containsExactly(1L << 20, 0700);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|it is empty",
                "m2:|nothing stands between two colons, or at an end",
                ":/data|nothing stands between",
                "m2::ro|nothing stands between",
                "a1:/b:ro:rw|it has too many colons",
                "data|the path in the container, 'data', is not absolute",
                "m2:data|'data', is not absolute",
                "m2:/|the container's root cannot be replaced",
                "data/sub:/data|neither a volume's name nor a path",
                "m2:/m2:readonly|there is no option 'readonly'",
                "m2:/m2:ro,|there is no option ''",
                "m2:/m2:rshared|for host paths, not for volumes",
                "/a:/b:nocopy|for volumes, not for host paths",
                "type=volume,src=m2|it has no path in the container",
                "type=bind,dst=/data|the type bind needs a source",
                "type=tmpfs,src=x1,dst=/data|the type tmpfs has no source",
                "type=nfs,dst=/data|there is no type 'nfs'",
                "src=m2,dst=/m2,size=3|there is no field 'size'",
                "src=m2,dst=/m2,volume-size=3|there is no field 'volume-size'",
                "src=m2,dst=/m2,bind-propagation=shared|'bind-propagation' is not for the type volume",
                "src=m2,dst=/m2,volume-nocopy,tmpfs-size=1m|are for different types",
                "src=m2,dst=/m2,readonly=maybe|true or false, not 'maybe'",
                "src=m2,dst=/m2,volume-subpath=../etc|'..' could lead out of the volume",
                "src=m2,dst=/m2,volume-subpath=/etc|relative to the volume's root",
                "src=m2,dst=/m2,volume-opt=x|volume-opt needs NAME=VALUE",
                "type=tmpfs,dst=/t,tmpfs-mode=9|tmpfs-mode is octal",
                "type=bind,src=/a,dst=/b,bind-propagation=up|there is no bind-propagation 'up'",
                "src=../m2,dst=/m2|neither a volume's name nor a path",
            })
    void saysWhatIsWrong(String text, String why) {
        assertThatThrownBy(() -> VolumeSpec.parse(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("could not read the volume '")
                .hasMessageContaining(why)
                .hasMessageContaining("Write for example m2:/root/.m2");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "paths and links of POSIX")
    void hostPathsStayInTheWorkspaceUnlessAllowed() throws Exception {
        Path workspace = Files.createDirectory(folder.resolve("workspace")).toRealPath();
        Path outside = Files.createDirectory(folder.resolve("outside")).toRealPath();
        Files.createDirectory(workspace.resolve("data"));
        Files.createSymbolicLink(workspace.resolve("inside"), Path.of("data"));
        Files.createSymbolicLink(workspace.resolve("way-out"), outside);
        HostPathPolicy allowing = new HostPathPolicy(false, List.of(outside.toString()));

        assertThat(resolved("./data:/d", workspace, HostPathPolicy.WORKSPACE)).isEqualTo(workspace + "/data");
        assertThat(resolved("./inside:/d", workspace, HostPathPolicy.WORKSPACE)).isEqualTo(workspace + "/data");
        assertThat(resolved("./new/dir:/d", workspace, HostPathPolicy.WORKSPACE))
                .isEqualTo(workspace + "/new/dir");
        assertThat(resolved("m2:/d", workspace, HostPathPolicy.WORKSPACE)).isEqualTo("m2");
        assertThat(resolved("./way-out:/d", workspace, allowing)).isEqualTo(outside.toString());
        assertThat(resolved("../outside/x:/d", workspace, allowing)).isEqualTo(outside + "/x");
        assertThat(resolved("/:/d", workspace, HostPathPolicy.ANYWHERE)).isEqualTo("/");
        for (String hostile : List.of(
                "./way-out:/d",
                "../outside:/d",
                "./way-out/new:/d",
                "/etc:/d",
                "/:/d",
                "~/x:/d",
                "./a/../../outside:/d")) {
            assertThatThrownBy(() -> VolumeSpec.parse(hostile).resolved(workspace, HostPathPolicy.WORKSPACE))
                    .as(hostile)
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("could not mount the host path")
                    .hasMessageContaining("outside the workspace " + workspace)
                    .hasMessageContaining("named volume");
        }
        assertThatThrownBy(() -> VolumeSpec.parse("C:\\data:/d").resolved(workspace, HostPathPolicy.ANYWHERE))
                .hasMessageContaining("it is a path of Windows");
    }

    private static String resolved(String text, Path workspace, HostPathPolicy policy) throws Exception {
        return VolumeSpec.parse(text).resolved(workspace, policy).source();
    }

    @ParameterizedTest
    @ValueSource(strings = {"m2:/root/.m2\u001b[31m", "m2\n:/data"})
    void showsNoControlCharacters(String text) {
        assertThatThrownBy(() -> VolumeSpec.parse(text + ":?")).message().doesNotContain("\u001b", "\n");
    }
}

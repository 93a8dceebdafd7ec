package io.jenkins.plugins.containerbuild.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files of {@code /proc} as the runtimes of this world write them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the files of Linux")
class ContainerReaderTest {

    private static final String ID = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final String NO_MAP = "         0          0 4294967295\n";

    @TempDir
    private Path root;

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ContainerFacts read(Map<String, String> environment) {
        return new ContainerReader(new SystemFiles(root), environment).read();
    }

    private ContainerFacts read() {
        return read(Map.of());
    }

    @Test
    void aMachineWithASystemdService() throws IOException {
        file("proc/self/cgroup", "0::/system.slice/jenkins-agent@one.service\n");
        file("proc/self/uid_map", NO_MAP);

        ContainerFacts facts = read();

        assertThat(facts.runtime()).isEqualTo(ContainerRuntime.NONE);
        assertThat(facts.service()).isEqualTo("jenkins-agent@one.service");
        assertThat(facts.cgroupVersion()).isEqualTo(2);
        assertThat(facts.rootless()).isFalse();
        assertThat(facts.uidMap()).containsExactly("0 0 4294967295");
    }

    @Test
    void aUsersSessionIsNoService() throws IOException {
        file("proc/self/cgroup", "0::/user.slice/user-1000.slice/user@1000.service/app.slice/term.scope\n");

        assertThat(read().service()).isNull();
    }

    @Test
    void dockerWithCgroup1() throws IOException {
        file("proc/self/cgroup", "12:cpuset:/docker/" + ID + "\n0::/docker/" + ID + "\n");

        ContainerFacts facts = read();

        assertThat(facts.runtime()).isEqualTo(ContainerRuntime.DOCKER);
        assertThat(facts.id()).isEqualTo(ID);
        assertThat(facts.cgroupVersion()).isEqualTo(1);
        assertThat(facts.evidence()).containsExactly("/proc/self/cgroup");
    }

    @Test
    void dockerWithCgroup2TellsItsIdByTheFilesThatItMounts() throws IOException {
        file("proc/self/cgroup", "0::/\n");
        file(".dockerenv", "");
        file(
                "proc/self/mountinfo",
                "500 400 0:50 / / rw - overlay overlay rw\n510 500 254:1 /lib/docker/containers/" + ID
                        + "/hostname /etc/hostname rw,relatime - ext4 /dev/vda1 rw\n");

        ContainerFacts facts = read();

        assertThat(facts.runtime()).isEqualTo(ContainerRuntime.DOCKER);
        assertThat(facts.id()).isEqualTo(ID);
        assertThat(facts.evidence()).containsExactly("/.dockerenv", "/proc/self/mountinfo");
    }

    @Test
    void aMachineMadeOfAnImageIsNoContainer() throws IOException {
        file("proc/self/cgroup", "0::/init.scope\n");
        file(".dockerenv", "");
        file("proc/self/mountinfo", "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n");

        assertThat(read().runtime()).isEqualTo(ContainerRuntime.NONE);
    }

    @Test
    void dockerDesktop() throws IOException {
        file("proc/self/cgroup", "0::/\n");
        file(".dockerenv", "");
        file("proc/version", "Linux version 6.10.14-linuxkit (root@buildkitsandbox) #1 SMP\n");

        assertThat(read().runtime()).isEqualTo(ContainerRuntime.DOCKER_DESKTOP);
    }

    @Test
    void podmanWithoutRoot() throws IOException {
        file("proc/self/cgroup", "0::/\n");
        file("run/.containerenv", "");
        file("proc/self/uid_map", "         0       1000          1\n         1     100000      65536\n");
        file(
                "proc/self/mountinfo",
                "510 500 0:40 /containers/overlay-containers/" + ID
                        + "/userdata/hostname /etc/hostname rw - tmpfs tmpfs rw\n");

        ContainerFacts facts = read();

        assertThat(facts.runtime()).isEqualTo(ContainerRuntime.PODMAN);
        assertThat(facts.id()).isEqualTo(ID);
        assertThat(facts.rootless()).isTrue();
        assertThat(facts.uidMap()).containsExactly("0 1000 1", "1 100000 65536");
    }

    @Test
    void kubernetesOnContainerd() throws IOException {
        file(
                "proc/self/cgroup",
                "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod12.slice/cri-containerd-" + ID
                        + ".scope\n");

        ContainerFacts facts = read(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"));

        assertThat(facts.runtime()).isEqualTo(ContainerRuntime.KUBERNETES);
        assertThat(facts.id()).isEqualTo(ID);
        assertThat(facts.evidence()).containsExactly("/proc/self/cgroup", "KUBERNETES_SERVICE_HOST");
    }

    @Test
    void aSystemWithoutProcTellsNothing() {
        ContainerFacts facts = read();

        assertThat(facts.runtime()).isEqualTo(ContainerRuntime.NONE);
        assertThat(facts.cgroupVersion()).isZero();
        assertThat(new ProcessReader(new SystemFiles(root)).read().uid()).isNull();
    }

    @Test
    void aProcessKeepsTheGroupsItStartedWith() throws IOException {
        file(
                "proc/self/status",
                "Name:\tjava\nUid:\t1000\t1000\t1000\t1000\nGid:\t1000\t1000\t1000\t1000\nGroups:\t27 1000 \n");
        file("etc/passwd", "jenkins:x:1000:1000:Jenkins,,,:/var/lib/jenkins:/bin/bash\n");
        file("etc/group", "sudo:x:27:jenkins\njenkins:x:1000:\ndocker:x:998:other,jenkins\n");

        ProcessFacts facts = new ProcessReader(new SystemFiles(root)).read();

        assertThat(facts.user()).isEqualTo("jenkins");
        assertThat(facts.groups()).containsExactly(27L, 1000L);
        assertThat(facts.grantedGroups()).containsExactlyInAnyOrder(1000L, 27L, 998L);
        assertThat(facts.has(998L)).isFalse();
        assertThat(facts.wouldHave(998L)).isTrue();
    }

    @Test
    void mountsHideOneAnother() throws IOException {
        file(
                "proc/self/mountinfo",
                List.of(
                                "27 1 254:0 / / rw - ext4 /dev/vda rw",
                                "30 27 0:20 / /run rw - tmpfs tmpfs rw",
                                "31 30 0:20 /my\\040docker.sock /run/docker.sock ro,nosuid - tmpfs tmpfs rw")
                        .stream()
                        .reduce("", (text, line) -> text + line + "\n"));

        Mounts mounts = new Mounts(new SystemFiles(root));

        assertThat(mounts.of("/run/docker.sock").orElseThrow().readOnly()).isTrue();
        assertThat(mounts.of("/run/docker.sock").orElseThrow().root()).isEqualTo("/my docker.sock");
        assertThat(mounts.of("/run/docker.sock2").orElseThrow().point()).isEqualTo("/run");
        assertThat(mounts.of("/etc").orElseThrow().readOnly()).isFalse();
    }
}

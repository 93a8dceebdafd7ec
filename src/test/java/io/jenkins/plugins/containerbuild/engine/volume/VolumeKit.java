package io.jenkins.plugins.containerbuild.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What tests of volumes share: containers that look into them, and a count of what is left behind. */
public final class VolumeKit {

    /** Who asks in tests. */
    public static final Maker MAKER = new Maker("controller-1", "team/app", "team/app#17", "node-1", "step-3");

    private final DockerClient docker;

    private VolumeKit(DockerClient docker) {
        this.docker = docker;
    }

    public static VolumeKit on(TestEngine daemon) {
        return new VolumeKit(daemon.client());
    }

    /** A name that no other test has. */
    public static String newName() {
        return "test-" + UUID.randomUUID();
    }

    /** What the shell prints in a container that has the volume at {@code /v}, run as that user; it must end well. */
    public String sh(String volume, String user, String script) throws Exception {
        String id = container(volume, user, "sh", "-c", script);
        try {
            docker.startContainerCmd(id).exec();
            int code = docker.waitContainerCmd(id)
                    .exec(new WaitContainerResultCallback())
                    .awaitStatusCode(60, TimeUnit.SECONDS);
            StringBuilder output = new StringBuilder();
            docker.logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            output.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                        }
                    })
                    .awaitCompletion(60, TimeUnit.SECONDS);
            assertThat(code).as(script + ": " + output).isZero();
            return output.toString().strip();
        } finally {
            remove(id);
        }
    }

    /** A container that has the volume at {@code /v} and was not started. */
    public String container(String volume, String user, String... command) {
        return docker.createContainerCmd(TestEngine.BASE_IMAGE)
                .withUser(user)
                .withCmd(command)
                .withHostConfig(HostConfig.newHostConfig()
                        .withNetworkMode("none")
                        .withMounts(List.of(new Mount()
                                .withType(MountType.VOLUME)
                                .withSource(volume)
                                .withTarget("/v"))))
                .exec()
                .getId();
    }

    public void remove(String container) {
        docker.removeContainerCmd(container)
                .withForce(true)
                .withRemoveVolumes(true)
                .exec();
    }

    public boolean hasVolume(String name) {
        return docker.listVolumesCmd().exec().getVolumes().stream()
                .anyMatch(volume -> volume.getName().equals(name));
    }

    /** Helper containers and images that are there now; other tests leave images without names on the same engine. */
    public List<String> leftBehind() {
        Stream<String> containers = docker.listContainersCmd().withShowAll(true).exec().stream()
                .map(Container::getNames)
                .flatMap(Arrays::stream)
                .filter(name -> name.contains("helper"));
        Stream<String> images = docker.listImagesCmd().exec().stream()
                .filter(VolumeKit::isHelper)
                .map(Image::getId);
        return Stream.concat(containers, images).toList();
    }

    private static boolean isHelper(Image image) {
        boolean named = image.getRepoTags() != null
                && Arrays.stream(image.getRepoTags()).anyMatch(tag -> tag.contains("helper"));
        return named
                || image.getLabels() != null
                        && image.getLabels().keySet().stream().anyMatch(label -> label.startsWith(Ownership.PREFIX));
    }
}

package io.jenkins.plugins.containerbuild.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.Container;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Counts what is in a daemon, whoever made it, in comparison with what was there before. */
final class Remains {

    /** What each block's scenario prints once it is in the middle of it. */
    static final List<String> IN_THE_MIDDLE = List.of(
            "in withContainer alone",
            "in withContainerNetwork",
            "in withContainerVolume",
            "in withContainerCompose",
            "insideContainer-42",
            "containerRun-42",
            "containerBuild-42");

    private final DockerClient docker;
    private final Set<String> before;

    Remains(TestEngine engine) {
        docker = engine.client();
        before = all();
    }

    private Set<String> all() {
        Set<String> all = new TreeSet<>();
        for (Container container : docker.listContainersCmd().withShowAll(true).exec()) {
            all.add("container " + Arrays.toString(container.getNames()));
        }
        docker.listNetworksCmd().exec().forEach(network -> all.add("network " + network.getName()));
        List<InspectVolumeResponse> volumes = docker.listVolumesCmd().exec().getVolumes();
        if (volumes != null) {
            volumes.forEach(volume -> all.add("volume " + volume.getName()));
        }
        docker.listImagesCmd().exec().stream()
                .filter(image -> image.getRepoTags() != null)
                .flatMap(image -> Arrays.stream(image.getRepoTags()))
                .filter(name -> name.startsWith(Ownership.HELPER_REPOSITORY) || name.startsWith("every-block-"))
                .forEach(name -> all.add("image " + name));
        return all;
    }

    /** What is there now and was not there before. */
    List<String> now() {
        List<String> now = new ArrayList<>(all());
        now.removeAll(before);
        return now;
    }

    long count(String kind) {
        return now().stream().filter(one -> one.startsWith(kind + ' ')).count();
    }

    /** Waits for what goes on in the background. */
    void awaitNothing() throws InterruptedException {
        await(0);
    }

    /** Waits until no more than this is left. */
    void await(int left) throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        List<String> now = now();
        while (now.size() > left && System.nanoTime() < end) {
            Thread.sleep(200);
            now = now();
        }
        assertThat(now).hasSize(left);
    }

    /** A container as another controller makes it for a build of the same name. */
    static String ofAnotherController(TestEngine engine, String build) {
        String id = engine.client()
                .createContainerCmd(TestEngine.BASE_IMAGE)
                .withCmd("sleep", "300")
                .withLabels(Map.of(Ownership.CONTROLLER, "another", Ownership.BUILD, build, Ownership.SCOPE, "build"))
                .exec()
                .getId();
        engine.client().startContainerCmd(id).exec();
        return id;
    }
}

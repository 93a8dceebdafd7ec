package io.jenkins.plugins.containerbuild.engine.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.container.ContainerRights;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.engine.volume.spec.HostPathPolicy;
import io.jenkins.plugins.containerbuild.testkit.TestCompose;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What tests of Compose share: requests, and a count of what is left behind. */
final class ComposeKit {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private final TestEngine daemon;
    private final Path workspace;
    private final Map<String, String> variables;
    private final Maker maker =
            new Maker("controller-" + UUID.randomUUID(), "team/app", "team/app#7", "node", "withContainerCompose");

    ComposeKit(TestEngine daemon, TestCompose compose, Path workspace) {
        this.daemon = daemon;
        this.workspace = workspace;
        variables = compose.variables();
    }

    Maker maker() {
        return maker;
    }

    Map<String, String> variables() {
        return variables;
    }

    /** Another build of the same controller. */
    Maker other(String job) {
        return new Maker(maker.controller(), job, job + "#8", "node", "withContainerCompose");
    }

    Path write(String name, String... lines) throws Exception {
        Path file = workspace.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, List.of(lines));
    }

    ComposeFiles files(String... names) {
        return new ComposeFiles(List.of(names), workspace.toString(), workspace.toString(), HostPathPolicy.WORKSPACE);
    }

    /** The usual files of the workspace. */
    ComposeRequest request() {
        return request(null, maker, false);
    }

    ComposeRequest request(String project, Maker who, boolean keepVolumes) {
        return request(files(), project, List.of(), List.of(), LIMIT, keepVolumes, ContainerRights.NONE, who);
    }

    ComposeRequest withLimit(Duration limit) {
        return request(files(), null, List.of(), List.of(), limit, false, ContainerRights.NONE, maker);
    }

    ComposeRequest withRights(ContainerRights rights) {
        return request(files(), null, List.of(), List.of(), LIMIT, false, rights, maker);
    }

    ComposeRequest with(List<String> services, List<String> profiles) {
        return request(files(), null, services, profiles, LIMIT, false, ContainerRights.NONE, maker);
    }

    ComposeRequest withFiles(ComposeFiles files) {
        return request(files, null, List.of(), List.of(), LIMIT, false, ContainerRights.NONE, maker);
    }

    private ComposeRequest request(
            ComposeFiles files,
            String project,
            List<String> services,
            List<String> profiles,
            Duration limit,
            boolean keepVolumes,
            ContainerRights rights,
            Maker who) {
        return new ComposeRequest(
                files,
                project,
                profiles,
                variables,
                services,
                ComposeRequest.Images.USUAL,
                new ComposeRequest.Waiting(true, limit),
                keepVolumes,
                rights,
                "logs",
                who);
    }

    DownRequest down(ComposeStack stack) {
        return new DownRequest(stack.project(), maker.controller(), false, variables);
    }

    void assertNothingLeft(EngineUnderTest under) throws Exception {
        assertThat(under.engine().cleanup().owners(maker.controller()).isEmpty())
                .as("whatever has labels of the controller")
                .isTrue();
        DockerClient docker = daemon.client();
        assertThat(docker.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(List.of("com.docker.compose.project"))
                        .exec())
                .extracting(Container::getNames)
                .isEmpty();
        assertThat(docker.listNetworksCmd()
                        .withFilter("label", List.of("com.docker.compose.project"))
                        .exec())
                .isEmpty();
        assertThat(docker.listVolumesCmd()
                        .withFilter("label", List.of("com.docker.compose.project"))
                        .exec()
                        .getVolumes())
                .isNullOrEmpty();
        assertThat(docker.listImagesCmd()
                        .withLabelFilter(Map.of(Ownership.CONTROLLER, maker.controller()))
                        .exec())
                .isEmpty();
    }
}

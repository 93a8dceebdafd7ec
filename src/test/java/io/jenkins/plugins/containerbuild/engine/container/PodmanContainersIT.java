package io.jenkins.plugins.containerbuild.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.BackgroundCall;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.network.NetworkRequest;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link ContainersIT} does not try on every engine, on Podman. Health checks need a
 * systemd there, networks nftables: the test kit's Podman has neither. */
@WithEngine(EngineKind.PODMAN_5)
class PodmanContainersIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Maker maker = new Maker("controller-" + UUID.randomUUID(), "team/app", "team/app#7", "node", "db");

    private EngineUnderTest under;

    @BeforeEach
    void open(TestEngine daemon) throws Exception {
        under = EngineUnderTest.on(daemon);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertThat(under.engine().containers().ownedBy(maker.controller())).isEmpty();
        assertThat(under.engine().networks().ownedBy(maker.controller())).isEmpty();
        under.close();
    }

    private ContainerRequest request(String... command) {
        return ContainerRequest.of(ContainerImage.of(ImageSelector.parse(TestEngine.BASE_IMAGE)), maker)
                .withProcess(ContainerProcess.of(command));
    }

    private ContainerRequest shell(String line) {
        return request("sh", "-c", line);
    }

    @Test
    void whoeverIsInterruptedOrTooLateLeavesNoContainer() throws Exception {
        BackgroundCall call = new BackgroundCall(
                () -> under.engine().containers().run(RunRequest.of(shell("echo begun; sleep 300"))));
        call.awaitProgress(LIMIT, () -> under.log().contains("begun"));
        call.interrupt();
        call.awaitInterruptedEnd(Duration.ofSeconds(10));

        assertThatThrownBy(() -> under.engine()
                        .containers()
                        .run(new RunRequest(shell("sleep 300"), Duration.ofSeconds(1), null, null, false, false)))
                .hasMessageContaining("did not end within 1.0 seconds");
    }

    @Test
    void badInputIsToldInOneSentence() {
        assertThatThrownBy(() -> under.engine().containers().run(RunRequest.of(request("no-such-program"))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Check the command");
        assertThatThrownBy(() -> under.engine()
                        .containers()
                        .run(RunRequest.of(shell("true").withNetworking(ContainerNetworking.in("no-such-network")))))
                .hasMessageContaining("Create the network first");
        assertThatThrownBy(() -> under.engine()
                        .networks()
                        .create(new NetworkRequest("x", "no-such-driver", false, Map.of(), maker, Scope.BUILD)))
                .hasMessageContaining("no-such-driver")
                .hasMessageContaining("Use the driver bridge");
        assertThatThrownBy(() -> under.engine()
                        .containers()
                        .run(RunRequest.of(ContainerRequest.of(
                                new ContainerImage(ImageSelector.parse("team/missing:1"), PullPolicy.NEVER, null),
                                maker))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("has no such image");
    }

    @Test
    void aWorkroomKnowsTheAgentsAccount() throws Exception {
        ContainerDetails room = under.engine()
                .containers()
                .startWorkroom(
                        request().withFiles(ContainerFiles.of("/tmp", List.of())),
                        List.of("/tmp"),
                        new Account("jenkins", 4321, 5432, "/home/jenkins"));

        RunResult result = under.engine()
                .containers()
                .exec(ExecRequest.of(
                        room.id(), "sh", "-c", "whoami; id -g; pwd; echo $HOME; touch $HOME/x && echo mine"));

        assertThat(result.output()).isEqualTo("jenkins\n5432\n/tmp\n/home/jenkins\nmine\n");
        under.engine().containers().remove(room.id());
    }
}

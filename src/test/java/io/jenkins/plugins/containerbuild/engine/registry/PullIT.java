package io.jenkins.plugins.containerbuild.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.testkit.FaultProxy;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

@WithEngine
class PullIT {

    private static PullRequest pull(String address, String repository) {
        return new PullRequest(ImageReference.parse(address + "/" + repository + ":1"), null);
    }

    @Test
    void aPassingFaultIsTriedAgainInSight(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            ImageReference name = ImageReference.parse(proxy.address() + "/pull/passing:1");
            PushResult pushed = under.engine().push(new PushRequest(ImageSelector.parse("base:1"), List.of(name)));
            // The daemon asks with HEAD, and with GET where that fails; only both together are a failure to it.
            proxy.on("HEAD", "/pull/passing/manifests/").first(1).answer(503);
            proxy.on("GET", "/pull/passing/manifests/").first(1).answer(503);

            PullResult pulled = under.engine().pull(pull(proxy.address(), "pull/passing"));

            assertThat(pulled.digest()).isEqualTo(pushed.pushed().get(0).digest());
            assertThat(under.events(EngineEvent.Retry.class))
                    .singleElement()
                    .satisfies(retry -> assertThat(retry.action()).contains(name.familiar()));
        }
    }

    @Test
    void whatIsNotThereIsNamedAndNotTriedAgain(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            assertThatThrownBy(() -> under.engine().pull(pull(registry.address(), "pull/nothing")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("could not pull " + registry.address() + "/pull/nothing:1")
                    .hasMessageContaining("Check the name and the tag");
            assertThat(under.events(EngineEvent.Retry.class)).isEmpty();
        }
    }

    @Test
    void aPrivateRegistryWithoutALoginSaysSo(
            TestEngine daemon, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            assertThatThrownBy(() -> under.engine().pull(pull(registry.address(), "pull/private")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("without a login")
                    .hasMessageContaining("Choose credentials");
        }
    }
}

package io.jenkins.plugins.containerbuild.engine;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.PushRequest;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.testkit.FaultProxy;
import io.jenkins.plugins.containerbuild.testkit.FaultRule;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interrupt ends the work here and in the daemon, within five seconds. */
@WithEngine
class CancelIT {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"0", "1"})
    void anInterruptedUploadEnds(String buildKit, TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "COPY large /large");
        try (java.io.RandomAccessFile large =
                new java.io.RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
            // Sparse: 64 GiB of nothing, which takes the daemon far longer than this test.
            large.setLength(64L << 30);
        }

        EndpointRequest endpoint =
                new EndpointRequest(daemon.uri().toString(), null, Map.of("DOCKER_BUILDKIT", buildKit));
        try (EngineUnderTest under = EngineUnderTest.at(endpoint, Registries.none(), CredentialsSource.ANONYMOUS)) {
            BackgroundCall build = new BackgroundCall(() ->
                    under.engine().build(BuildRequest.of(folder.toString()).build()));
            BackgroundCall.await(
                    Duration.ofSeconds(30),
                    () -> !under.events(EngineEvent.ContextSent.class).isEmpty());
            build.interrupt();

            build.awaitInterruptedEnd(LIMIT);
        }
    }

    @Test
    void anInterruptedPushReachesTheRegistryNoMore(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            FaultRule.Held blob = proxy.on("POST", "/blobs/uploads/").always().hold();
            ImageReference name = ImageReference.parse(proxy.address() + "/cancel/push:1");
            BackgroundCall push = new BackgroundCall(
                    () -> under.engine().push(new PushRequest(ImageSelector.parse("base:1"), List.of(name))));
            assertThat(blob.awaitReached(Duration.ofSeconds(30))).isTrue();
            push.interrupt();

            push.awaitInterruptedEnd(LIMIT);
            blob.release();
            assertThat(registry.manifestDigest("cancel/push", "1")).isEmpty();
            assertThat(proxy.count("PUT", "/manifests/")).isZero();
        }
    }
}

package io.jenkins.plugins.containerbuild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kit does what the other tests take for granted. */
@WithEngine
class TestkitIT {
    private static final AuthConfig ACCOUNT =
            new AuthConfig().withUsername(TestRegistry.USERNAME).withPassword(TestRegistry.PASSWORD);

    @TestOnEveryEngine
    void everyEngineAnswersAndHoldsTheBaseImage(TestEngine engine) {
        String firstNumber =
                switch (engine.kind()) {
                    case INSTALLED, ENGINE_NEWEST -> "";
                    case ENGINE_26, ENGINE_26_CONTAINERD -> "26.1.";
                    case PODMAN_5 -> "5.";
                };

        assertThat(engine.version()).startsWith(firstNumber).isNotEmpty();
        assertThat(engine.hasImage(TestEngine.BASE_IMAGE)).isTrue();
    }

    @TestOnEveryEngine
    void everyEngineRunsTheBaseImage(TestEngine engine) throws Exception {
        String container = engine.client()
                .createContainerCmd(TestEngine.BASE_IMAGE)
                .withHostConfig(HostConfig.newHostConfig().withNetworkMode("host"))
                .withCmd("echo", "it runs")
                .exec()
                .getId();
        try {
            engine.client().startContainerCmd(container).exec();
            Lines lines = new Lines();
            engine.client()
                    .logContainerCmd(container)
                    .withStdOut(true)
                    .withFollowStream(true)
                    .exec(lines);

            assertThat(lines.awaitCompletion(20, TimeUnit.SECONDS)).isTrue();
            assertThat(lines.text).contains("it runs");
        } finally {
            engine.client().removeContainerCmd(container).withForce(true).exec();
        }
        assertThat(engine.runningContainers()).doesNotContain(container);
    }

    @ParameterizedTest
    @EnumSource(
            value = RegistryKind.class,
            // No engine of the kit has a client's certificate.
            mode = EnumSource.Mode.EXCLUDE,
            names = "CLIENT_CERTIFICATE")
    void everyRegistryTakesAPush(RegistryKind kind, TestEngine engine) throws Exception {
        String repository = "kit/" + kind.name().toLowerCase(Locale.ROOT);
        try (TestRegistry registry = TestRegistry.start(kind)) {
            push(engine, registry.address(), repository);

            assertThat(registry.manifestDigest(repository, "1")).hasValueSatisfying(digest -> {
                assertThat(digest).matches("sha256:[0-9a-f]{64}");
                assertThat(registry.manifest(repository, digest)).isPresent();
            });
            assertThat(registry.manifestDigest(repository, "2")).isEmpty();
        }
    }

    @TestOnEveryEngine
    void everyEnginePushesOverPlainHttp(TestEngine engine, @WithRegistry TestRegistry registry) throws Exception {
        String repository = "kit/of-" + engine.kind().scriptName();

        push(engine, registry.address(), repository);

        assertThat(registry.manifestDigest(repository, "1")).isPresent();
    }

    @Test
    void comesBackWithWhatItHad() throws Exception {
        try (TestEngine engine = TestEngine.start(EngineKind.INSTALLED);
                TestRegistry registry = TestRegistry.plain()) {
            push(engine, registry.address(), "kit/kept");
            String before = registry.address();

            registry.stop();
            assertThatThrownBy(() -> registry.manifestDigest("kit/kept", "1")).hasMessageContaining("does not answer");
            registry.start();
            engine.restart();

            assertThat(registry.address()).isEqualTo(before);
            assertThat(registry.manifestDigest("kit/kept", "1")).isPresent();
            assertThat(engine.hasImage(registry.address() + "/kit/kept:1")).isTrue();
        }
    }

    @Test
    void trustsTheCertificateItWasTold(TestEngine engine, @WithRegistry(RegistryKind.TLS) TestRegistry registry)
            throws Exception {
        engine.trust(registry);

        push(engine, registry.address(), "kit/trusted");

        assertThat(registry.manifestDigest("kit/trusted", "1")).isPresent();
    }

    @Test
    void proxyPassesOnWhatItDoesNotSpoil(TestEngine engine, @WithRegistry TestRegistry registry) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry)) {
            push(engine, proxy.address(), "kit/proxied");

            assertThat(registry.manifestDigest("kit/proxied", "1")).isPresent();
            assertThat(proxy.count("PUT", "/manifests/1")).isEqualTo(1);
        }
    }

    @Test
    void proxySpoilsWhatItWasTold(TestEngine engine, @WithRegistry TestRegistry registry) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry)) {
            proxy.on("PUT", "/manifests/").onlyNumber(1).answer(500);

            assertThatThrownBy(() -> push(engine, proxy.address(), "kit/spoilt"))
                    .hasMessageContaining("500");
            assertThat(registry.manifestDigest("kit/spoilt", "1")).isEmpty();

            push(engine, proxy.address(), "kit/spoilt");
            assertThat(registry.manifestDigest("kit/spoilt", "1")).isPresent();
        }
    }

    @Test
    void proxyCutsAnUploadOnce(TestEngine engine, @WithRegistry TestRegistry registry) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry)) {
            proxy.on("PATCH", "/kit/cut/blobs/uploads/").first(1).cutRequestAfter(1000);

            // The daemon tries again by itself.
            push(engine, proxy.address(), "kit/cut");

            assertThat(proxy.count("PATCH", "/kit/cut/blobs/uploads/")).isGreaterThan(1);
            assertThat(registry.manifestDigest("kit/cut", "1")).isPresent();
        }
    }

    @Test
    void proxyHoldsARequestUntilItIsReleased(TestEngine engine, @WithRegistry TestRegistry registry) throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry)) {
            FaultRule.Held held = proxy.on("PUT", "/manifests/").always().hold();

            Future<?> push = threads.submit(() -> {
                push(engine, proxy.address(), "kit/held");
                return null;
            });
            assertThat(held.awaitReached(Duration.ofSeconds(20))).isTrue();
            assertThat(registry.manifestDigest("kit/held", "1")).isEmpty();
            held.release();
            push.get(20, TimeUnit.SECONDS);

            assertThat(registry.manifestDigest("kit/held", "1")).isPresent();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void push(TestEngine engine, String address, String repository) throws InterruptedException {
        String name = address + "/" + repository;
        engine.client().tagImageCmd(TestEngine.BASE_IMAGE, name, "1").exec();
        boolean done = engine.client()
                .pushImageCmd(name)
                .withTag("1")
                .withAuthConfig(ACCOUNT)
                .start()
                .awaitCompletion(60, TimeUnit.SECONDS);
        assertThat(done).isTrue();
    }

    private static final class Lines extends ResultCallback.Adapter<Frame> {
        private final StringBuffer text = new StringBuffer();

        @Override
        public void onNext(Frame frame) {
            text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.build;

import static io.jenkins.plugins.containerbuild.engine.BackgroundCall.await;
import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.containerbuild.engine.BackgroundCall;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.PushRequest;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.testkit.EngineGate;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.FaultProxy;
import io.jenkins.plugins.containerbuild.testkit.FaultRule;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When something breaks under a build, it ends soon, with one message that says what broke, and leaves nothing behind. */
@WithEngine
class BuildFailuresIT {

    private static final Duration BEGIN = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(15);

    @TempDir
    private Path folder;

    private static EngineUnderTest at(URI uri, Map<String, String> environment) throws Exception {
        return EngineUnderTest.at(
                new EndpointRequest(uri.toString(), null, environment), Registries.none(), CredentialsSource.ANONYMOUS);
    }

    private BackgroundCall building(EngineUnderTest under) {
        return new BackgroundCall(
                () -> under.engine().build(BuildRequest.of(folder.toString()).build()));
    }

    /** Says its say in people's words. */
    private static void assertPlain(Throwable failure) {
        assertThat(failure).isInstanceOf(EngineException.class);
        assertThat(failure.getMessage())
                .doesNotContain(
                        "rpc error", "UNAVAILABLE", "UNKNOWN", "io exception", "code = ", "failed to solve", "LLB")
                .doesNotContainIgnoringCase("grpc")
                .doesNotContain("http2", "Channel");
    }

    private static void assertNoThreadIsLeft(URI daemon) throws Exception {
        await(
                Duration.ofSeconds(5),
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("container engine " + daemon + " buildkit")));
    }

    private void writeSlowDockerfile() throws Exception {
        dockerfile(folder, "FROM base:1", "RUN echo it runs " + UUID.randomUUID() + "; sleep 300");
    }

    @Test
    void aCutConnectionIsSaidSoAndTheNextBuildHasANewOne(TestEngine daemon) throws Exception {
        writeSlowDockerfile();
        try (EngineGate gate = EngineGate.at(folder.resolve("gate.sock"), daemon);
                EngineUnderTest under = at(gate.uri(), Map.of())) {
            BackgroundCall build = building(under);
            build.awaitProgress(BEGIN, () -> under.hasOutput("it runs"));
            gate.cut();

            Throwable failure = build.awaitFailure(END);

            assertPlain(failure);
            assertThat(failure)
                    .isInstanceOf(EndpointException.class)
                    .hasMessageStartingWith("lost the connection to the Docker Engine at " + gate.uri());
            assertNoThreadIsLeft(gate.uri());
            dockerfile(folder, "FROM base:1");
            assertThat(under.engine()
                            .build(BuildRequest.of(folder.toString()).build())
                            .imageId())
                    .isNotNull();
        }
    }

    @Test
    void aConnectionThatEndsBeforeTheFirstAnswerIsTakenUpOnceMore(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1");
        BuildRequest request = BuildRequest.of(folder.toString()).build();
        try (EngineGate gate = EngineGate.at(folder.resolve("gate.sock"), daemon);
                EngineUnderTest under = at(gate.uri(), Map.of())) {
            gate.cutAtFirstWords(1);

            assertThat(under.engine().build(request).imageId()).isNotNull();

            gate.cutAtFirstWords(2);
            assertThatThrownBy(() -> under.engine().build(request))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageStartingWith("lost the connection to the Docker Engine at " + gate.uri());
            assertNoThreadIsLeft(gate.uri());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineKind.class,
            names = {"INSTALLED", "ENGINE_26_CONTAINERD"})
    void aDaemonThatGoesIsSaidSoAndTheNextBuildFindsItAgain(EngineKind kind) throws Exception {
        writeSlowDockerfile();
        try (TestEngine daemon = TestEngine.start(kind);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            BackgroundCall build = building(under);
            build.awaitProgress(BEGIN, () -> under.hasOutput("it runs"));
            daemon.stop();

            Throwable failure = build.awaitFailure(END);

            assertPlain(failure);
            assertThat(failure).hasMessageStartingWith("lost the connection to the Docker Engine at " + daemon.uri());
            assertNoThreadIsLeft(daemon.uri());
            daemon.start();
            dockerfile(folder, "FROM base:1");
            assertThat(under.engine()
                            .build(BuildRequest.of(folder.toString()).build())
                            .imageId())
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineKind.class,
            names = {"ENGINE_26", "ENGINE_26_CONTAINERD"})
    void aFullDiskIsSaidSo(EngineKind kind) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN dd if=/dev/zero of=/large bs=1M count=200");
        try (TestEngine daemon = TestEngine.startWithDisk(kind, 64);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            Throwable failure = building(under).awaitFailure(BEGIN);

            assertPlain(failure);
            assertThat(failure)
                    .hasMessageContainingAll("could not build the image", "disk is full", "docker system prune");
        }
    }

    @Test
    void aRegistryThatFailsIsNamed(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            ImageReference base = ImageReference.parse(proxy.address() + "/failures/" + UUID.randomUUID() + ":1");
            proxy.on("HEAD", "/failures/").always().answer(500);
            proxy.on("GET", "/failures/").always().answer(500);
            dockerfile(folder, "FROM " + base.familiar());

            Throwable failure = building(under).awaitFailure(BEGIN);

            assertPlain(failure);
            assertThat(failure)
                    .hasMessageContainingAll(base.familiar(), "registry could not be reached or did not answer");
        }
    }

    @Test
    void aRegistryThatHangsDoesNotHoldAnInterruptedBuild(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            ImageReference base = ImageReference.parse(proxy.address() + "/failures/" + UUID.randomUUID() + ":1");
            under.engine().push(new PushRequest(ImageSelector.parse("base:1"), List.of(base)));
            daemon.removeImage(base.familiar());
            // The question that comes first: what follows depends on what the daemon remembers of earlier builds.
            FaultRule.Held held = proxy.on("HEAD", "/failures/").always().hold();
            dockerfile(folder, "FROM " + base.familiar());

            BackgroundCall build = building(under);
            assertThat(held.awaitReached(BEGIN)).isTrue();
            build.interrupt();

            build.awaitInterruptedEnd(Duration.ofSeconds(5));
            held.release();
            assertNoThreadIsLeft(daemon.uri());
        }
    }

    /** As a proxy in front of the daemon may do that does not know such a call. */
    @Test
    void aDaemonThatDoesNotAnswerForItsBuildKitDoesNotHoldAnInterruptedBuild() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().equals("/grpc")) {
                asked.countDown();
                awaitQuietly(over);
            }
            byte[] version = "{\"ApiVersion\": \"1.41\", \"Version\": \"20.10.0\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, version.length);
            exchange.getResponseBody().write(version);
            exchange.close();
        });
        server.start();
        dockerfile(folder, "FROM base:1");
        URI uri = URI.create("tcp://127.0.0.1:" + server.getAddress().getPort());
        try (EngineUnderTest under = at(uri, Map.of())) {
            BackgroundCall build = building(under);
            assertThat(asked.await(BEGIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
            build.interrupt();

            build.awaitInterruptedEnd(Duration.ofSeconds(5));
            assertNoThreadIsLeft(uri);
        } finally {
            over.countDown();
            server.stop(0);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(BEGIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1"})
    void aContextThatChangesUnderWayIsSaidSo(String buildKit, TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "COPY . /src");
        Path shrinking = folder.resolve("a large file");
        resize(shrinking, 8L << 30);
        try (EngineUnderTest under = at(daemon.uri(), Map.of("DOCKER_BUILDKIT", buildKit))) {
            BackgroundCall build = building(under);
            await(BEGIN, () -> !under.events(EngineEvent.ContextSent.class).isEmpty());
            resize(shrinking, 1);

            Throwable failure = build.awaitFailure(END);

            assertPlain(failure);
            assertThat(failure)
                    .hasMessageStartingWith("could not send 'a large file' of the build context " + folder)
                    .hasMessageContaining("it shrank from");
        }
    }

    private static void resize(Path file, long bytes) throws IOException {
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(bytes);
        }
    }
}

package io.jenkins.plugins.containerbuild.engine;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.registry.PushRequest;
import io.jenkins.plugins.containerbuild.testkit.FaultProxy;
import io.jenkins.plugins.containerbuild.testkit.FaultRule;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt ends the work here and in the daemon, within five seconds. */
@WithEngine
class CancelIT {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    /** Work on a thread of its own, which the test interrupts. */
    private static final class Work {

        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private final Thread thread;

        Work(Callable<?> call) {
            thread = new Thread(
                    () -> {
                        try {
                            call.call();
                            end.complete(null);
                        } catch (Throwable e) {
                            end.completeExceptionally(e);
                        }
                    },
                    "work under test");
            thread.start();
        }

        void interrupt() {
            thread.interrupt();
        }

        void awaitInterruptedEnd() {
            assertThatThrownBy(() -> end.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        }
    }

    /** Looks again and again, since the daemon tells of its containers only when asked. */
    private static void await(Duration limit, BooleanSupplier condition) throws Exception {
        Instant end = Instant.now().plus(limit);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("still waiting").isBefore(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void anInterruptedBuildLeavesNoContainerRunning(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN echo " + UUID.randomUUID() + "; sleep 300");

        try (EngineUnderTest under = EngineUnderTest.withClassicBuilder(daemon)) {
            List<String> before = daemon.runningContainers();
            Work build = new Work(() ->
                    under.engine().build(BuildRequest.of(folder.toString()).build()));
            await(Duration.ofSeconds(30), () -> daemon.runningContainers().size() > before.size());
            Instant cancelled = Instant.now();
            build.interrupt();

            build.awaitInterruptedEnd();
            await(
                    LIMIT.minus(Duration.between(cancelled, Instant.now())),
                    () -> before.containsAll(daemon.runningContainers()));
        }
    }

    @Test
    void anInterruptedUploadEnds(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1");
        try (java.io.RandomAccessFile large =
                new java.io.RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
            // Sparse: 64 GiB of nothing, which takes the daemon far longer than this test.
            large.setLength(64L << 30);
        }

        try (EngineUnderTest under = EngineUnderTest.withClassicBuilder(daemon)) {
            Work build = new Work(() ->
                    under.engine().build(BuildRequest.of(folder.toString()).build()));
            await(
                    Duration.ofSeconds(30),
                    () -> !under.events(EngineEvent.ContextSent.class).isEmpty());
            build.interrupt();

            build.awaitInterruptedEnd();
        }
    }

    @Test
    void anInterruptedPushReachesTheRegistryNoMore(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            FaultRule.Held blob = proxy.on("POST", "/blobs/uploads/").always().hold();
            ImageReference name = ImageReference.parse(proxy.address() + "/cancel/push:1");
            Work push =
                    new Work(() -> under.engine().push(new PushRequest(ImageSelector.parse("base:1"), List.of(name))));
            assertThat(blob.awaitReached(Duration.ofSeconds(30))).isTrue();
            push.interrupt();

            push.awaitInterruptedEnd();
            blob.release();
            assertThat(registry.manifestDigest("cancel/push", "1")).isEmpty();
            assertThat(proxy.count("PUT", "/manifests/")).isZero();
        }
    }

    @Test
    void noThreadOutlivesTheEngine(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1");
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            under.engine().build(BuildRequest.of(folder.toString()).build());
        }

        await(
                LIMIT,
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("container engine " + daemon.uri())));
    }
}

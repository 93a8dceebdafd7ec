package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageDetails;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSave;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.PushOutcomes;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.saved.LayerMemory;
import io.jenkins.plugins.containerbuild.testkit.FaultProxy;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred pushes over a way that spoils one request in ten. */
@WithEngine
class BadNightIT {

    private static final int PUSHES = 200;
    private static final int SIDE_BY_SIDE = 4;
    private static final long SEED = 20_261_129;

    @TempDir
    private Path folder;

    private final AtomicInteger retries = new AtomicInteger();

    @Test
    @Timeout(180)
    void everyPushEndsWithTheRightDigest(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        // Not of chance, as what is spoilt depends on it.
        String base = "night";
        EndpointRequest endpoint = new EndpointRequest(daemon.uri().toString(), null, Map.of());
        ExecutorService builds = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = EngineUnderTest.on(daemon);
                EngineConnection connection = EngineConnection.open(endpoint, event -> {})) {
            Digest id = build(under);
            ImageDetails image = under.engine().inspect(ImageSelector.ofId(id));
            proxy.spoilByChance(SEED, 10);
            List<Future<Digest>> pushed = new ArrayList<>();
            for (int i = 0; i < PUSHES; i++) {
                int number = i;
                pushed.add(builds.submit(() -> push(
                        new ImageSave(connection),
                        image,
                        ImageReference.parse(proxy.address() + "/" + base + "/" + number + ":1"),
                        folder.resolve("machine-" + number))));
            }
            Set<Digest> digests = new HashSet<>();
            for (int i = 0; i < PUSHES; i++) {
                Digest digest = pushed.get(i).get();
                digests.add(digest);
                assertThat(registry.manifestDigest(base + "/" + i, "1"))
                        .as("push %s", i)
                        .hasValue(digest.toString());
            }
            assertThat(digests).hasSize(1);
        } finally {
            builds.shutdownNow();
        }
        // One request in ten, of which one in ten is only late.
        assertThat(retries).hasValueGreaterThan(PUSHES / 2);
    }

    private Digest build(EngineUnderTest under) throws Exception {
        for (String file : List.of("one", "two", "three")) {
            Files.writeString(folder.resolve(file), file.repeat(500));
        }
        EngineUnderTest.dockerfile(folder, "FROM scratch", "COPY one /", "COPY two /", "COPY three /");
        return under.engine().build(BuildRequest.of(folder.toString()).build()).imageId();
    }

    /** A machine that knows nothing of the pushes before: every layer has to go out. */
    private Digest push(ImageSave save, ImageDetails image, ImageReference name, Path machine)
            throws EngineException, InterruptedException {
        PushOutcomes outcomes = new PushOutcomes();
        new DirectWork(
                        Registries.none(),
                        CredentialsSource.ANONYMOUS,
                        secret -> {},
                        event -> retries.addAndGet(event instanceof EngineEvent.Retry ? 1 : 0),
                        RegistryUnderTest.POLICIES)
                .push(save, image, List.of(name), new LayerMemory(machine), outcomes);
        return outcomes.all(List.of(name)).get(0).digest();
    }
}

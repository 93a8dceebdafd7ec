package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static io.jenkins.plugins.containerbuild.engine.build.buildkit.BuildKitBuilds.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Caches of Engine 26.1 with its images in containerd's store, which has all of BuildKit's. */
@WithEngine(EngineKind.ENGINE_26_CONTAINERD)
class CacheOnContainerdIT extends CacheBuilds {

    CacheOnContainerdIT() {
        super(EngineKind.ENGINE_26_CONTAINERD);
    }

    /** Where the daemon, left to itself, insists on TLS. */
    @Test
    void findsTheCacheInARegistryAsItsEntrySays(TestEngine daemon, @WithRegistry TestRegistry open) throws Exception {
        project(daemon, open, "RUN echo " + unique + " > /a", "RUN cat /a");
        try (TestRegistry registry = TestRegistry.startWhereTlsIsWanted(RegistryKind.PASSWORD)) {
            String cache = "type=registry,ref=" + registry.address() + "/team/" + unique + ":cache";
            Registries known = Registries.of(List.of(new RegistryEntry(
                    "private", RegistryAddress.parse(registry.address()), null, "login", true, false, false)));
            CredentialsSource login = entry ->
                    Optional.of(RegistryCredentials.password(TestRegistry.USERNAME, Secret.of(TestRegistry.PASSWORD)));

            try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon, known, login)) {
                under.engine()
                        .build(request().cacheTo(caches(cache + ",mode=max")).build());
                assertThat(under.log()).containsPattern("Exported the cache to .*/" + unique + ":cache, ");
            }
            try (EngineUnderTest under = EngineUnderTest.withBuildKit(other(), known, login)) {
                assertCached(
                        under.engine().build(request().cacheFrom(caches(cache)).build()));
            }
        }
    }

    @Test
    void findsTheCacheInADirectory(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        project(daemon, registry, "RUN echo " + unique + " > /a", "RUN cat /a");
        Files.writeString(folder.resolve(".dockerignore"), "cache");

        build(daemon, request().cacheTo(caches("type=local,dest=cache/here,mode=max")));

        assertThat(folder.resolve("cache/here/index.json")).content().contains("latest");
        assertThat(folder.resolve("cache/here/ingest")).isEmptyDirectory();
        assertCached(build(other(), request().cacheFrom(caches("type=local,src=cache/here"))));
        // Both at once, as a job has it that keeps one directory.
        build(
                daemon,
                request()
                        .cacheFrom(caches("type=local,src=cache/here"))
                        .cacheTo(caches("type=local,dest=cache/here,tag=second")));
        assertThat(folder.resolve("cache/here/index.json")).content().contains("latest", "second");
    }

    @Test
    void keepsWhatWasJustBuiltWithoutBuildingItAgain(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        String base = project(daemon, registry, "RUN cat /proc/sys/kernel/random/uuid > /a", "RUN cat /a");
        Files.writeString(folder.resolve(".dockerignore"), "cache");

        String built = output(
                daemon,
                request().noCache(true).cacheTo(caches("type=local,dest=cache")).build());
        String found = output(
                other(),
                BuildRequest.of(folder.toString())
                        .root(folder.toString())
                        .dockerfileInline("FROM " + base + "\nRUN cat /proc/sys/kernel/random/uuid > /a\nRUN cat /a\n"
                                + "RUN echo found; cat /a\n")
                        .cacheFrom(caches("type=local,src=cache"))
                        .build());

        String uuid = built.lines()
                .filter(line -> line.matches("[0-9a-f-]{36}"))
                .findFirst()
                .orElseThrow();
        assertThat(found).contains("found\n" + uuid);
    }

    @Test
    void warnsOfACacheThatCannotBeLeftAfterTheImageIsTold(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        ImageReference image = ImageReference.parse(registry.address() + "/team/" + unique + ":1");
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            BuildResult result = under.engine()
                    .build(request()
                            .tags(List.of(image))
                            .push(true)
                            .cacheTo(caches("type=registry,ref=127.0.0.1:1/cache", "type=local,dest=cache"))
                            .build());

            assertThat(result.pushed()).hasSize(1);
            List<String> log = under.log().lines().toList();
            String warning = log.stream()
                    .filter(line -> line.startsWith("WARNING: could not export the cache to 127.0.0.1:1/cache"))
                    .findFirst()
                    .orElseThrow();
            assertThat(log.indexOf(warning))
                    .isGreaterThan(log.indexOf("Pushed " + image.familiar() + "@"
                            + result.pushed().get(0).digest()));
            assertThat(under.log()).contains("Exported the cache to cache, ");

            assertThatThrownBy(() -> under.engine()
                            .build(request()
                                    .cacheTo(caches("type=registry,ref=127.0.0.1:1/cache,ignore-error=false"))
                                    .build()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("could not export the cache to 127.0.0.1:1/cache");
        }
    }

    @Test
    void givesUpOnARegistryThatNeverAnswers(TestEngine daemon) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            String cache = "type=registry,timeout=3s,ref=127.0.0.1:" + silent.getLocalPort() + "/cache";

            BuildResult result =
                    under.engine().build(request().cacheTo(caches(cache)).build());

            assertThat(daemon.hasImage(result.imageId().toString())).isTrue();
            assertThat(under.log())
                    .contains("WARNING: could not export the cache to 127.0.0.1:")
                    .contains("it took longer than 3 seconds");
        }
    }

    @Test
    void stopsExportingWhenTheBuildIsCancelled(TestEngine daemon) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            BuildRequest request = request()
                    .cacheTo(caches("type=registry,ref=127.0.0.1:" + silent.getLocalPort() + "/cache"))
                    .build();
            CompletableFuture<Void> end = new CompletableFuture<>();
            Thread work = new Thread(() -> {
                try {
                    under.engine().build(request);
                    end.complete(null);
                } catch (Throwable e) {
                    end.completeExceptionally(e);
                }
            });
            work.start();
            silent.setSoTimeout(60_000);
            silent.accept();
            work.interrupt();

            assertThatThrownBy(() -> end.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            work.join();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("buildkit") || name.contains("grpc"));
    }

    @Test
    void buildsOnAnImageInADirectory(TestEngine daemon) throws Exception {
        Path image = Files.createDirectory(folder.resolve("image"));
        dockerfile(folder.resolve("first"), "FROM base:1", "RUN echo " + unique + " > /made");
        build(
                daemon,
                BuildRequest.of(folder.resolve("first").toString())
                        .root(folder.toString())
                        .outputs(List.of(BuildOutput.parse("type=oci,dest=image.tar"))));
        ContextServer.run(image, "tar", "-xf", folder.resolve("image.tar").toString());
        dockerfile(folder, "FROM base:1", "COPY --from=made /made /again", "RUN cat /again");

        assertThat(output(
                        other(),
                        request()
                                .buildContexts(Map.of("made", "oci-layout://image"))
                                .build()))
                .contains(unique);
        for (String wrong : List.of("oci-layout://image:absent", "oci-layout://absent", "oci-layout://../other")) {
            assertThatThrownBy(() -> build(daemon, request().buildContexts(Map.of("made", wrong))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining(wrong);
        }
    }
}

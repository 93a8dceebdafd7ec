package io.jenkins.plugins.containerbuild.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.BuilderInfo;
import io.jenkins.plugins.containerbuild.engine.build.ProgressMode;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderAddress;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryTransport;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestBuilder;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds on every BuildKit daemon that is no part of a Docker Engine; its subclasses have the daemons. */
abstract class RemoteBuilds {

    private static final String NOWHERE = "tcp://127.0.0.1:1";

    @TempDir
    Path folder;

    final List<EngineEvent> events = new CopyOnWriteArrayList<>();

    /** A daemon of the test's own. */
    abstract TestBuilder builder();

    String log() {
        return String.join("\n", events.stream().map(EventText::of).toList());
    }

    /** A context that needs no base image: neither daemon has one, and none is pulled. */
    Path context(String... instructions) throws IOException {
        Path busybox = Arrays.stream(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, "busybox"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
        Path context = Files.createDirectories(folder.resolve("context"));
        if (!Files.exists(context.resolve("busybox"))) {
            Files.copy(busybox, context.resolve("busybox"));
        }
        List<String> lines = new ArrayList<>(List.of("FROM scratch", "COPY busybox /bin/sh"));
        lines.addAll(List.of(instructions));
        Files.write(context.resolve("Dockerfile"), lines);
        return context;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BuilderAddress at(String uri) {
        return new BuilderAddress(uri, null);
    }

    BuildResult build(BuildRequest.Builder request, BuilderAddress... builders) throws Exception {
        return build(request, Registries.none(), CredentialsSource.ANONYMOUS, events::add, builders);
    }

    BuildResult build(
            BuildRequest.Builder request,
            Registries registries,
            CredentialsSource credentials,
            EngineListener listener,
            BuilderAddress... builders)
            throws Exception {
        try (RemoteBuilders under = RemoteBuilders.open(List.of(builders), null, registries, credentials, listener)) {
            return under.build(request.build());
        }
    }

    BuildRequest.Builder toFiles(Path context) {
        return BuildRequest.of(context.toString())
                .outputs(List.of(new BuildOutput("local", folder.resolve("out").toString(), Map.of())));
    }

    static Registries known(TestRegistry registry) throws Exception {
        return Registries.of(List.of(new RegistryEntry(
                "test", RegistryAddress.parse(registry.address()), null, "login", true, false, false)));
    }

    @Test
    void writesFiles() throws Exception {
        String unique = UUID.randomUUID().toString();
        Path context = context("RUN echo " + unique + " > /unique");
        try (TestBuilder builder = builder()) {
            BuildResult result = build(toFiles(context), at(builder.address()));

            assertThat(folder.resolve("out/unique")).hasContent(unique);
            assertThat(result.imageId()).isNull();
            assertThat(result.outputs()).containsExactly(folder.resolve("out").toString());
            assertThat(log())
                    .contains("Using the builder at " + builder.address() + " (BuildKit ")
                    .contains("linux/amd64")
                    .contains("without TLS");
        }
    }

    /** Pushes an image that has nothing but a file, for builds on top of it. */
    private void pushBase(TestBuilder builder, TestRegistry registry, String path) throws Exception {
        build(
                BuildRequest.of(context().toString())
                        .tags(List.of(ImageReference.parse(registry.address() + path)))
                        .push(true),
                known(registry),
                CredentialsSource.ANONYMOUS,
                events::add,
                at(builder.address()));
    }

    private static Registries mirrored(String origin, TestRegistry mirror) throws Exception {
        return Registries.of(List.of(
                new RegistryEntry(
                        "origin",
                        RegistryAddress.parse(origin),
                        null,
                        null,
                        RegistryTransport.TLS,
                        RegistryAddress.parse(mirror.address()),
                        false),
                new RegistryEntry("mirror", RegistryAddress.parse(mirror.address()), null, null, true, false, false)));
    }

    @Test
    void baseImagesComeFromTheMirrorOfTheirRegistry(@WithRegistry TestRegistry mirror) throws Exception {
        String path = "/library/base-" + UUID.randomUUID() + ":1";
        try (TestBuilder builder = builder()) {
            pushBase(builder, mirror, path);
            Path context = Files.createDirectories(folder.resolve("on-top"));
            // Nobody has this host: without the mirror there is no such image.
            Files.writeString(
                    context.resolve("Dockerfile"), "FROM origin.invalid" + path + "\nRUN echo mirrored > /text\n");

            build(
                    toFiles(context),
                    mirrored("origin.invalid", mirror),
                    CredentialsSource.ANONYMOUS,
                    events::add,
                    at(builder.address()));

            assertThat(folder.resolve("out/text")).hasContent("mirrored");
        }
    }

    @Test
    void aCommandThatFailsIsNoMirrorsFaultWhateverItNames(@WithRegistry TestRegistry mirror) throws Exception {
        Path context = context("RUN echo " + mirror.address() + "/library/base; false");
        try (TestBuilder builder = builder()) {
            assertThatThrownBy(() -> build(
                            toFiles(context),
                            mirrored("origin.invalid", mirror),
                            CredentialsSource.ANONYMOUS,
                            events::add,
                            at(builder.address())))
                    .hasMessageContaining("the command failed with exit code: 1");

            assertThat(log()).doesNotContain("not from a mirror");
        }
    }

    @Test
    void baseImagesThatAMirrorLacksComeFromTheirRegistry(@WithRegistry TestRegistry origin) throws Exception {
        String path = "/library/base-" + UUID.randomUUID() + ":1";
        try (TestBuilder builder = builder();
                TestRegistry mirror = TestRegistry.plain()) {
            pushBase(builder, origin, path);
            Path context = Files.createDirectories(folder.resolve("on-top"));
            Files.writeString(
                    context.resolve("Dockerfile"), "FROM " + origin.address() + path + "\nRUN echo original > /text\n");

            build(
                    toFiles(context),
                    mirrored(origin.address(), mirror),
                    CredentialsSource.ANONYMOUS,
                    events::add,
                    at(builder.address()));

            assertThat(folder.resolve("out/text")).hasContent("original");
            assertThat(log()).contains("not from a mirror: ").contains(mirror.address() + "/library/base-");
        }
    }

    @Test
    void pushesWithTheLoginThatTheRegistryWants(@WithRegistry(RegistryKind.PASSWORD) TestRegistry registry)
            throws Exception {
        String name = registry.address() + "/remote/" + UUID.randomUUID();
        ImageReference tag = ImageReference.parse(name + ":1");
        CredentialsSource login = entry ->
                Optional.of(RegistryCredentials.password(TestRegistry.USERNAME, Secret.of(TestRegistry.PASSWORD)));
        Path context = context("RUN echo pushed > /text");
        try (TestBuilder builder = builder()) {
            BuildResult result = build(
                    BuildRequest.of(context.toString()).tags(List.of(tag)).push(true),
                    known(registry),
                    login,
                    events::add,
                    at(builder.address()));

            assertThat(result.imageId()).isNull();
            assertThat(result.pushed()).hasSize(1);
            assertThat(result.digest()).isEqualTo(result.pushed().get(0).digest());
            assertThat(log())
                    .contains("Pushed " + tag.familiar() + "@" + result.digest())
                    .doesNotContain(TestRegistry.PASSWORD);

            Path next = Files.createDirectories(folder.resolve("next"));
            Files.write(next.resolve("Dockerfile"), List.of("FROM " + tag.familiar(), "RUN read x < /text; echo [$x]"));
            build(toFiles(next).pull(true), known(registry), login, events::add, at(builder.address()));
            assertThat(log()).contains("[pushed]");
        }
    }

    @Test
    void pushesPastTheBuilder(@WithRegistry(RegistryKind.PASSWORD) TestRegistry registry) throws Exception {
        String repository = "remote/" + UUID.randomUUID();
        ImageReference tag = ImageReference.parse(registry.address() + "/" + repository + ":1");
        CredentialsSource login = entry ->
                Optional.of(RegistryCredentials.password(TestRegistry.USERNAME, Secret.of(TestRegistry.PASSWORD)));
        Path context = context("RUN echo pushed > /text");
        try (TestBuilder builder = builder()) {
            BuildResult result = build(
                    BuildRequest.of(context.toString())
                            .tags(List.of(tag))
                            .attests(Map.of("provenance", "mode=min"))
                            .push(true)
                            .via(PushVia.AGENT),
                    known(registry),
                    login,
                    events::add,
                    at(builder.address()));

            assertThat(result.imageId()).isNull();
            assertThat(result.pushed()).containsExactly(new PushedReference(tag, result.digest()));
            assertThat(registry.manifestDigest(repository, "1"))
                    .hasValue(result.digest().toString());
            assertThat(result.platforms()).containsOnlyKeys("linux/amd64");
            assertThat(result.attestations()).hasSize(1);
        }
    }

    @Test
    void saysThatThereIsNoEngineToLoadInto() throws Exception {
        Path context = context("RUN echo never");
        try (TestBuilder builder = builder()) {
            assertThatThrownBy(() -> build(BuildRequest.of(context.toString()).load(true), at(builder.address())))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("no Engine was given")
                    .hasMessageContaining("Push the image");
            assertThat(log()).doesNotContain("never");

            try (RemoteBuilders under = RemoteBuilders.open(
                    List.of(at(builder.address())),
                    new EndpointRequest("unix://" + folder.resolve("none.sock"), null, Map.of()),
                    Registries.none(),
                    CredentialsSource.ANONYMOUS,
                    events::add)) {
                assertThatThrownBy(() -> under.build(
                                BuildRequest.of(context.toString()).load(true).build()))
                        .hasMessageContaining("there is no Engine here")
                        .hasMessageContaining("none.sock");
            }
        }
    }

    @Test
    void takesTheNextBuilderWhereOneDoesNotAnswer() throws Exception {
        Path context = context("RUN echo ran");
        try (TestBuilder builder = builder()) {
            build(toFiles(context), at(NOWHERE), at(builder.address()));

            assertThat(log())
                    .contains("WARNING: could not use the builder at " + NOWHERE
                            + ": nothing listens there (connection refused); the build begins anew on the builder at "
                            + builder.address());
            assertThat(folder.resolve("out/bin/sh")).exists();
        }
    }

    @Test
    void takesTheNextBuilderWhereOneIsLostDuringTheBuild() throws Exception {
        Path context =
                context("COPY pause /pause", "RUN read pause </pause; echo it runs; sleep $pause; echo it ended");
        // Longer than any daemon takes to die.
        Path pause = Files.writeString(context.resolve("pause"), "300\n");
        try (TestBuilder first = builder();
                TestBuilder second = builder()) {
            AtomicBoolean cut = new AtomicBoolean();
            EngineListener killer = event -> {
                events.add(event);
                if (event instanceof EngineEvent.StepOutput output
                        && output.line().equals("it runs")
                        && cut.compareAndSet(false, true)) {
                    write(pause, "0\n");
                    first.stop();
                }
            };

            build(
                    toFiles(context),
                    Registries.none(),
                    CredentialsSource.ANONYMOUS,
                    killer,
                    at(first.address()),
                    at(second.address()));

            assertThat(cut).isTrue();
            assertThat(log())
                    .contains("WARNING: lost the connection to the builder at " + first.address())
                    .contains("the build begins anew on the builder at " + second.address());
            assertThat(log().lines()).containsOnlyOnce("it ended");
            assertThat(folder.resolve("out/bin/sh")).exists();

            // The first one comes back, and is preferred again.
            first.start();
            events.clear();
            build(toFiles(context), at(first.address()), at(second.address()));
            assertThat(log())
                    .contains("Using the builder at " + first.address())
                    .doesNotContain("anew");
        }
    }

    @Test
    void namesTheReasonOfEveryBuilder() throws Exception {
        Path context = context("RUN echo it runs; sleep 300");
        try (TestBuilder builder = builder()) {
            EngineListener killer = event -> {
                if (event instanceof EngineEvent.StepOutput) {
                    builder.stop();
                }
            };
            assertThatThrownBy(() -> build(
                            toFiles(context),
                            Registries.none(),
                            CredentialsSource.ANONYMOUS,
                            killer,
                            at(NOWHERE),
                            at(builder.address())))
                    .isInstanceOf(EngineException.class)
                    .hasMessageStartingWith("could not build on any of the 2 builders: " + NOWHERE
                            + ": nothing listens there (connection refused); " + builder.address() + ": ")
                    .hasMessageContaining("Look into the log of buildkitd");
        }
    }

    @Test
    void doesNotRepeatAnExportThatMayHaveHappened() throws Exception {
        Path context = context("RUN echo ran");
        try (TestBuilder first = builder();
                TestBuilder second = builder();
                ServerSocket registry = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            ImageReference tag = ImageReference.parse("127.0.0.1:" + registry.getLocalPort() + "/app:1");
            // A registry that takes a connection and the daemon with it.
            Thread fatal = new Thread(() -> {
                try (Socket push = registry.accept()) {
                    // What it does is known once it has told, which it may do a moment later.
                    BackgroundCall.await(Duration.ofSeconds(30), () -> log().contains("exporting to image"));
                    first.stop();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            fatal.start();

            assertThatThrownBy(() -> build(
                            BuildRequest.of(context.toString())
                                    .tags(List.of(tag))
                                    .progress(ProgressMode.RAWJSON)
                                    .push(true),
                            at(first.address()),
                            at(second.address())))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("lost the connection to the builder at " + first.address())
                    .hasMessageContaining("while it exported the result");
            assertThat(log()).doesNotContain("anew");
            fatal.join(TimeUnit.SECONDS.toMillis(10));
        }
    }

    @Test
    void aBuildThatFailsIsNotTriedElsewhere() throws Exception {
        Path context = context("RUN echo broken; exit 3");
        try (TestBuilder first = builder();
                TestBuilder second = builder()) {
            assertThatThrownBy(() -> build(toFiles(context), at(first.address()), at(second.address())))
                    .hasMessageContaining("exit code: 3");
            assertThat(log()).containsOnlyOnce("Using the builder").doesNotContain("anew");
        }
    }

    @Test
    void tellsOfABuilderAndItsWorkers() throws Exception {
        try (TestBuilder builder = builder()) {
            BuilderInfo info = RemoteBuilders.check(at(builder.address()));

            assertThat(info.uri()).isEqualTo(builder.address());
            assertThat(info.version()).isNotBlank();
            assertThat(info.platforms()).contains("linux/amd64");
            assertThat(info.workers())
                    .isNotEmpty()
                    .allSatisfy(worker -> assertThat(worker.id()).isNotBlank());
        }
    }

    @Test
    void anInterruptedBuildEndsAtOnce() throws Exception {
        Path context = context("RUN echo it runs; sleep 300");
        try (TestBuilder builder = builder()) {
            CompletableFuture<Void> runs = new CompletableFuture<>();
            CompletableFuture<Void> end = new CompletableFuture<>();
            Thread work = new Thread(() -> {
                try {
                    build(
                            toFiles(context),
                            Registries.none(),
                            CredentialsSource.ANONYMOUS,
                            event -> {
                                if (event instanceof EngineEvent.StepOutput) {
                                    runs.complete(null);
                                }
                            },
                            at(builder.address()),
                            at(NOWHERE));
                    end.complete(null);
                } catch (Throwable e) {
                    end.completeExceptionally(e);
                }
            });
            work.start();
            runs.get(30, TimeUnit.SECONDS);
            work.interrupt();

            assertThatThrownBy(() -> end.get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("container builder") || name.contains("grpc"));
    }
}

package io.jenkins.plugins.containerbuild.testkit;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real container engine that belongs to the tests and holds the image {@value #BASE_IMAGE}. Tests get the shared one with
 * {@link WithEngine}; one that has to be stopped or filled is started with {@link #start}.
 */
public final class TestEngine implements AutoCloseable {
    /** An image of BusyBox alone that every test engine holds; nothing is pulled for it. */
    public static final String BASE_IMAGE = "base:1";

    /** The image of {@link #makeShellImage}. */
    public static final String SHELL_IMAGE = "shell:1";

    /** Names a running engine, as {@code unix:///...}, for tests to use in place of {@link EngineKind#INSTALLED}. */
    static final String RUNNING_ENGINE_VARIABLE = "CONTAINERBUILD_TEST_ENGINE";

    private final EngineKind kind;
    private final URI uri;
    private volatile DockerClient client;
    private final Optional<HeldProcess> process;
    private final Optional<Path> folder;

    private TestEngine(EngineKind kind, URI uri, HeldProcess process, Path folder) {
        this.kind = kind;
        this.uri = uri;
        this.process = Optional.ofNullable(process);
        this.folder = Optional.ofNullable(folder);
        client = connect(uri);
    }

    /**
     * Starts an engine of the test's own; close it.
     *
     * @throws org.opentest4j.TestAbortedException when this machine cannot have it; says what is missing
     * @throws IllegalStateException when it failed to start; says why
     */
    public static TestEngine start(EngineKind kind) {
        return start(kind, Map.of());
    }

    /** As {@link #start(EngineKind)}, with a disk of its own that is soon full. */
    public static TestEngine startWithDisk(EngineKind kind, int megabytes) {
        return start(kind, Map.of("ENGINE_DISK", megabytes + "m"));
    }

    /** As {@link #start(EngineKind)}, with further options for {@code dockerd}. */
    public static TestEngine startWithOptions(EngineKind kind, List<String> options) {
        return start(kind, Map.of("ENGINE_OPTIONS", String.join("\n", options)));
    }

    private static TestEngine start(EngineKind kind, Map<String, String> environment) {
        Path script = Project.script("engine");
        Path folder = Project.newFolder(kind.scriptName());
        HeldProcess process = HeldProcess.start(
                folder, environment, List.of(script.toString(), "serve", kind.scriptName(), folder.toString()));
        return new TestEngine(kind, URI.create(process.address()), process, folder);
    }

    /** The engine that tests share: one of their own, or the running one that the environment names. */
    static TestEngine startShared(EngineKind kind) {
        String running = System.getenv(RUNNING_ENGINE_VARIABLE);
        if (kind != EngineKind.INSTALLED || running == null || running.isBlank()) {
            return start(kind);
        }
        TestEngine engine = new TestEngine(kind, URI.create(running), null, null);
        if (!engine.hasImage(BASE_IMAGE)) {
            ScriptRun.run(Project.script("engine"), "base-image", engine.uri.getPath());
        }
        return engine;
    }

    /** Which engine this is. */
    public EngineKind kind() {
        return kind;
    }

    /** Its address, {@code unix:///...}. */
    public URI uri() {
        return uri;
    }

    /** Where the engine itself sees its socket: what its containers mount. Only for one of the kit's own. */
    public String ownSocket() {
        folder();
        return "/mnt/engine.sock";
    }

    /** The folder with all that it keeps; its socket is {@code engine.sock} in there. Only for one of the kit's own. */
    public Path folder() {
        return folder.orElseThrow(this::notOurs);
    }

    /** Its version as it gives it, such as {@code 20.10.24+dfsg1}. */
    public String version() {
        return client.versionCmd().exec().getVersion();
    }

    /** A client for preparing and checking; closed when the engine is closed or comes back. */
    public DockerClient client() {
        return client;
    }

    /** The ids of the containers that run now. */
    public List<String> runningContainers() {
        return client.listContainersCmd().exec().stream().map(Container::getId).toList();
    }

    /** Makes {@value #SHELL_IMAGE} where it is missing: Debian's busybox lacks nohup, which shell steps need. */
    public void makeShellImage() {
        if (!hasImage(SHELL_IMAGE)) {
            commitImage("printf '#!/bin/sh\\nexec \"$@\"\\n' >/bin/nohup; chmod +x /bin/nohup", "shell", "1", "sh");
        }
    }

    /**
     * Makes stand-ins for {@code mongo:7} and {@code mongo-express:1}, which do as much as the sample of Compose needs: the
     * latter finds the former by its name, and answers at its port.
     */
    public void makeMongoImages() {
        commitImage(
                "printf '#!/bin/sh\\necho 7.0.1\\n' >/bin/mongosh; chmod +x /bin/mongosh",
                "mongo",
                "7",
                "sh",
                "-c",
                "echo waiting for connections; exec nc -ll -p 27017 -e echo ready");
        commitImage(
                "true",
                "mongo-express",
                "1",
                "sh",
                "-c",
                "nc mongo 27017 && while printf 'HTTP/1.0 200 OK\\r\\n\\r\\nMongo Express\\n' | nc -l -p 8081; do :; done");
    }

    /**
     * Makes an image out of the base image by one shell command, as {@code docker commit} does.
     *
     * @param process what its containers run, unless they are told something else
     */
    public void commitImage(String command, String repository, String tag, String... process) {
        String container = client.createContainerCmd(BASE_IMAGE)
                .withCmd("sh", "-ec", command)
                .exec()
                .getId();
        client.startContainerCmd(container).exec();
        client.waitContainerCmd(container).start().awaitStatusCode();
        client.commitCmd(container)
                .withRepository(repository)
                .withTag(tag)
                .withCmd(process)
                .exec();
        client.removeContainerCmd(container).exec();
    }

    /** Whether the engine holds an image of this name or id. */
    public boolean hasImage(String image) {
        return imageId(image).isPresent();
    }

    /** The full id ({@code sha256:...}) of the image of this name or id, when the engine holds it. */
    public Optional<String> imageId(String image) {
        try {
            return Optional.of(client.inspectImageCmd(image).exec().getId());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /** Removes the image with all its tags, when the engine holds it. */
    public void removeImage(String image) {
        try {
            client.removeImageCmd(image).withForce(true).exec();
        } catch (NotFoundException e) {
            // It is not there, which is what was asked for.
        }
    }

    /** The engine goes away in the middle of what it does, and keeps what it has. Only for one of the test's own. */
    public void stop() {
        ownProcess().stop();
    }

    /** The engine comes back at the same address. */
    public void start() {
        ownProcess().start();
        // The connections of the old one lead nowhere, and a request that is not to be repeated would end with one of
        // them.
        DockerClient old = client;
        client = connect(uri);
        close(old);
    }

    /** {@link #stop} and {@link #start}. */
    public void restart() {
        stop();
        start();
    }

    /**
     * Makes the engine trust the registry's certificate. Engines trust loopback addresses without it, but only as long as
     * they know nothing better.
     */
    public void trust(TestRegistry registry) {
        Path certificate = registry.caCertificate()
                .orElseThrow(() -> new IllegalArgumentException(registry.address() + " speaks plain HTTP"));
        Path certificates =
                folder.orElseThrow(this::notOurs).resolve("etc/certs.d").resolve(registry.address());
        try {
            Files.createDirectories(certificates);
            Files.copy(certificate, certificates.resolve("ca.crt"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("could not write to " + certificates, e);
        }
    }

    /** What the engine logged so far. */
    public String log() {
        try {
            return Files.readString(folder.orElseThrow(this::notOurs).resolve("engine.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        close(client);
        process.ifPresent(HeldProcess::close);
        folder.ifPresent(path -> Project.delete(path.resolve("data")));
    }

    private static void close(DockerClient client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return kind.scriptName() + " at " + uri;
    }

    private HeldProcess ownProcess() {
        return process.orElseThrow(this::notOurs);
    }

    private Unavailable notOurs() {
        return new Unavailable("the engine at " + uri + ", which " + RUNNING_ENGINE_VARIABLE
                + " names, is not the test kit's to stop, read or change; unset the variable for this test");
    }

    private static DockerClient connect(URI uri) {
        DefaultDockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(uri.toString())
                .withDockerTlsVerify(false)
                .build();
        return DockerClientImpl.getInstance(
                config, new ApacheDockerHttpClient.Builder().dockerHost(uri).build());
    }
}

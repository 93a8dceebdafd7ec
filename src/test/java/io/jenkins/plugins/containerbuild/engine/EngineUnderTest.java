package io.jenkins.plugins.containerbuild.engine;

import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** The engine opened on a test's daemon, with everything that it tells kept for the test to look at. */
public final class EngineUnderTest implements AutoCloseable {

    private final List<EngineEvent> events = new CopyOnWriteArrayList<>();
    private final ContainerEngine engine;

    private EngineUnderTest(EndpointRequest endpoint, Registries registries, CredentialsSource credentials)
            throws Exception {
        engine = ContainerEngine.open(endpoint, registries, credentials, events::add);
    }

    private static EndpointRequest endpoint(TestEngine daemon, Map<String, String> environment) {
        return new EndpointRequest(daemon.uri().toString(), null, environment);
    }

    /** Nobody logs in anywhere. */
    public static EngineUnderTest on(TestEngine daemon) throws Exception {
        return on(daemon, Registries.none(), CredentialsSource.ANONYMOUS);
    }

    /** With registries and logins. */
    public static EngineUnderTest on(TestEngine daemon, Registries registries, CredentialsSource credentials)
            throws Exception {
        return new EngineUnderTest(endpoint(daemon, Map.of()), registries, credentials);
    }

    /** Builds with the classic builder; nobody logs in anywhere. */
    public static EngineUnderTest withClassicBuilder(TestEngine daemon) throws Exception {
        return withClassicBuilder(daemon, Registries.none(), CredentialsSource.ANONYMOUS);
    }

    /** Builds with the classic builder, with registries and logins. */
    public static EngineUnderTest withClassicBuilder(
            TestEngine daemon, Registries registries, CredentialsSource credentials) throws Exception {
        return at(endpoint(daemon, Map.of("DOCKER_BUILDKIT", "0")), registries, credentials);
    }

    /** Builds with BuildKit; nobody logs in anywhere. */
    public static EngineUnderTest withBuildKit(TestEngine daemon) throws Exception {
        return withBuildKit(daemon, Registries.none(), CredentialsSource.ANONYMOUS);
    }

    /** Builds with BuildKit, with registries and logins. */
    public static EngineUnderTest withBuildKit(TestEngine daemon, Registries registries, CredentialsSource credentials)
            throws Exception {
        return at(endpoint(daemon, Map.of("DOCKER_BUILDKIT", "1")), registries, credentials);
    }

    /** At an address of the test's own. */
    public static EngineUnderTest at(EndpointRequest endpoint, Registries registries, CredentialsSource credentials)
            throws Exception {
        return new EngineUnderTest(endpoint, registries, credentials);
    }

    /** The engine itself. */
    public ContainerEngine engine() {
        return engine;
    }

    /** The events of one kind so far. */
    public <T extends EngineEvent> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** What a log would show so far. */
    public String log() {
        return String.join(
                "\n",
                events.stream().map(EventText::of).filter(Objects::nonNull).toList());
    }

    /** Whether an instruction has written a line that begins so, whatever the log puts before it. */
    public boolean hasOutput(String begin) {
        return events(EngineEvent.StepOutput.class).stream()
                .anyMatch(output -> output.line().startsWith(begin));
    }

    /** Writes a Dockerfile into a folder, which is made where it is missing. */
    public static Path dockerfile(Path folder, String... lines) throws Exception {
        Files.createDirectories(folder);
        Files.write(folder.resolve("Dockerfile"), List.of(lines));
        return folder;
    }

    @Override
    public void close() {
        engine.close();
    }
}

package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.RegistryClient;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The client with everything that it tells kept for the test to look at. */
record RegistryClientUnderTest(RegistryClient client, List<EngineEvent> events) implements AutoCloseable {

    static RegistryClientUnderTest anonymous() {
        return with(Registries.none(), CredentialsSource.ANONYMOUS);
    }

    static RegistryClientUnderTest with(Registries registries, CredentialsSource credentials) {
        List<EngineEvent> events = new CopyOnWriteArrayList<>();
        return new RegistryClientUnderTest(RegistryClient.open(registries, credentials, events::add), events);
    }

    /** A source that knows the kit's account, with this password. */
    static CredentialsSource login(String password) {
        return entry -> Optional.of(RegistryCredentials.password(TestRegistry.USERNAME, Secret.of(password)));
    }

    /** The events of one kind so far. */
    <T extends EngineEvent> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** What a log would show so far. */
    String log() {
        return String.join(
                "\n",
                events.stream().map(EventText::of).filter(Objects::nonNull).toList());
    }

    @Override
    public void close() {
        client.close();
    }
}

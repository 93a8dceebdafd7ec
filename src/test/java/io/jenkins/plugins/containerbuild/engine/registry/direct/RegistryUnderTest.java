package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RetryPolicies;
import io.jenkins.plugins.containerbuild.engine.registry.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One registry, spoken to with little patience: what it is asked for one by one. */
final class RegistryUnderTest implements AutoCloseable {

    private static final RetryPolicy QUICK =
            new RetryPolicy(5, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(60));

    /** As often as is usual, but without the waits. */
    static final RetryPolicies POLICIES = RetryPolicies.all(QUICK, Duration.ofSeconds(10));

    private final RegistryHttp http;
    private final Repositories repositories;
    private final Tries tries;
    private final List<EngineEvent> events = new CopyOnWriteArrayList<>();

    RegistryUnderTest(RegistryEntry entry, CredentialsSource credentials, RetryPolicies policies) {
        http = new RegistryHttp(CredentialsSource.ANONYMOUS, policies.request());
        repositories = new Repositories(http, Registries.of(List.of(entry)), credentials, secret -> {});
        tries = new Tries(events::add, policies);
    }

    Repository repository(String name) throws EngineException {
        return repositories.writing(ImageReference.parse(name), List.of());
    }

    Tries tries() {
        return tries;
    }

    List<EngineEvent.Retry> retries() {
        return events.stream()
                .filter(EngineEvent.Retry.class::isInstance)
                .map(EngineEvent.Retry.class::cast)
                .toList();
    }

    @Override
    public void close() {
        http.close();
    }
}

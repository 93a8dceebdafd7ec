package io.jenkins.plugins.containerbuild.engine.registry;

import java.time.Duration;
import java.util.Optional;

/** Asks a registry that limits its clients how long it wants them to wait; the daemon does not hand that on. */
@FunctionalInterface
public interface RetryAfter {

    /** The wait that the registry asks for now, or nothing when it does not say. Never throws for a silent registry. */
    Optional<Duration> askedBy(RegistryEntry entry) throws InterruptedException;

    /** Reads the header's value, in seconds (RFC 9110, section 10.2.3); nothing when it is none, or a date. */
    static Optional<Duration> seconds(String header) {
        String text = header.trim();
        return text.matches("\\d{1,6}") ? Optional.of(Duration.ofSeconds(Long.parseLong(text))) : Optional.empty();
    }
}

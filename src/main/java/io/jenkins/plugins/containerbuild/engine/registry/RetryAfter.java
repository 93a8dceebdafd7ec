package io.jenkins.plugins.containerbuild.engine.registry;

import java.time.Duration;
import java.util.Optional;

/** Asks a registry that limits its clients how long it wants them to wait; the daemon does not hand that on. */
@FunctionalInterface
interface RetryAfter {

    /** The wait that the registry asks for now, or nothing when it does not say. Never throws for a silent registry. */
    Optional<Duration> askedBy(RegistryEntry entry) throws InterruptedException;
}

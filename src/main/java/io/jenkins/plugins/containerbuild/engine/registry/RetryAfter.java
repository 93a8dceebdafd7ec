package io.jenkins.plugins.containerbuild.engine.registry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Asks a registry that limits its clients how long it wants them to wait; the daemon does not hand that on. */
@FunctionalInterface
public interface RetryAfter {

    /** The wait that the registry asks for now, or nothing when it does not say. Never throws for a silent registry. */
    Optional<Duration> askedBy(RegistryEntry entry) throws InterruptedException;

    /**
     * Reads the header's value, seconds or a date (RFC 9110, section 10.2.3).
     *
     * @param now what a date is counted from
     * @return nothing when it is neither; never negative
     */
    static Optional<Duration> read(String header, Instant now) {
        String text = header.trim();
        if (text.matches("\\d{1,6}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Duration wait = Duration.between(now, Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

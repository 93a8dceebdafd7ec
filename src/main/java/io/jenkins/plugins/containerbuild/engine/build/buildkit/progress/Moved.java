package io.jenkins.plugins.containerbuild.engine.build.buildkit.progress;

import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The bytes that one step moves, told now and then. */
final class Moved {

    private static final long INTERVAL_NANOS = 5_000_000_000L;
    /** Files of a context; whoever sends them tells of them. */
    private static final String FROM_CLIENT = "transferring";

    private record Part(long bytes, long total) {}

    /**
     * How far it is.
     *
     * @param bytes so far
     * @param total altogether; 0 when not known
     */
    record Amount(long bytes, long total) {}

    private final Map<String, Part> parts = new HashMap<>();
    private boolean begun;
    private long lastTold;
    private long bytesTold;

    void update(VertexStatus status, long now) {
        if (status.getName().equals(FROM_CLIENT) || (status.getCurrent() == 0 && status.getTotal() == 0)) {
            return;
        }
        if (!begun) {
            begun = true;
            lastTold = now;
        }
        parts.merge(
                status.getID(),
                new Part(status.getCurrent(), status.getTotal()),
                (old, fresh) -> new Part(Math.max(old.bytes(), fresh.bytes()), Math.max(old.total(), fresh.total())));
    }

    long bytes() {
        return parts.values().stream().mapToLong(Part::bytes).sum();
    }

    /** What is to be told now, if anything. */
    Optional<Amount> due(long now) {
        long bytes = bytes();
        if (!begun || now - lastTold < INTERVAL_NANOS || bytes == bytesTold) {
            return Optional.empty();
        }
        lastTold = now;
        bytesTold = bytes;
        boolean known = parts.values().stream().allMatch(part -> part.total() > 0);
        return Optional.of(new Amount(
                bytes, known ? parts.values().stream().mapToLong(Part::total).sum() : 0));
    }
}

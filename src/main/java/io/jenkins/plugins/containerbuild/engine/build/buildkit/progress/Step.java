package io.jenkins.plugins.containerbuild.engine.build.buildkit.progress;

import com.google.protobuf.Timestamp;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Vertex;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far one piece of BuildKit's work is. BuildKit works on it in turns: a base image is first looked up and later
 * pulled, with a beginning and an end of its own each time, and nothing says which turn is the last one.
 */
final class Step {

    private static final long WORTH_TELLING_NANOS = 1_000_000_000L;
    private static final long SETTLED_NANOS = 300_000_000L;

    /** The years 1 to 9999, which are all that protobuf's Timestamp means; a daemon can send any number. */
    private static final long EARLIEST_SECOND = -62_135_596_800L;

    private static final long LATEST_SECOND = 253_402_300_799L;

    private final StepName name;
    private final LineBuffer lines = new LineBuffer();
    private final Moved moved = new Moved();
    /** Beginnings with their ends. */
    private final TreeMap<Instant, Instant> turns = new TreeMap<>();

    private int open;
    private long runningSince;
    private long restingSince;
    private boolean cached;
    private boolean needed;
    private String error = "";
    private boolean announced;
    private boolean told;

    Step(String name) {
        this.name = StepName.of(name);
    }

    /**
     * What the daemon says now.
     *
     * @param now nanoseconds of our own clock; the daemon's may be another
     */
    void update(Vertex vertex, long now) {
        if (vertex.hasStarted()) {
            Instant began = instant(vertex.getStarted());
            if (!turns.containsKey(began)) {
                turns.put(began, Instant.MAX);
                begin(now);
            }
            if (vertex.hasCompleted() && turns.get(began).equals(Instant.MAX)) {
                turns.put(began, instant(vertex.getCompleted()));
                open--;
                restingSince = now;
            }
        }
        cached |= vertex.getCached();
        if (!vertex.getError().isEmpty()) {
            error = vertex.getError();
        }
    }

    private void begin(long now) {
        if (open == 0) {
            runningSince = now;
        }
        open++;
        if (told) {
            told = false;
            announced = false;
        }
    }

    private static Instant instant(Timestamp time) {
        long seconds = Math.max(EARLIEST_SECOND, Math.min(time.getSeconds(), LATEST_SECOND));
        return Instant.ofEpochSecond(seconds, time.getNanos());
    }

    StepName name() {
        return name;
    }

    LineBuffer lines() {
        return lines;
    }

    Moved moved() {
        return moved;
    }

    boolean running() {
        return open > 0;
    }

    /** Whether it runs long enough for people to want to know. */
    boolean isLasting(long now) {
        return running() && now - runningSince >= WORTH_TELLING_NANOS;
    }

    /** Another step, which needs this one's result, has begun. */
    void isNeeded() {
        needed = true;
    }

    /** Whether its last turn has ended, as far as can be known. */
    boolean isOver(long now) {
        return !turns.isEmpty() && open == 0 && (cached || failed() || needed || now - restingSince >= SETTLED_NANOS);
    }

    /** Whether the daemon has worked on it. */
    boolean hasBegun() {
        return !turns.isEmpty();
    }

    /** Whether it has ended, in a build that has. */
    boolean hasEnded() {
        return !turns.isEmpty() && open == 0;
    }

    boolean cached() {
        return cached;
    }

    /** Why it failed, or an empty text. Work that others' failure ended is not a failure of its own. */
    String error() {
        return error.contains("context canceled") ? "" : error;
    }

    boolean failed() {
        return !error.isEmpty();
    }

    /** When its first turn began; only for one that {@link #hasBegun()}. */
    Instant started() {
        return turns.firstKey();
    }

    /**
     * When its last turn ended, only for one that {@link #hasBegun()}; of a turn whose end the daemon never told, all that is
     * known is when it began.
     */
    Instant ended() {
        Instant last = started();
        for (Map.Entry<Instant, Instant> turn : turns.entrySet()) {
            Instant end = turn.getValue().equals(Instant.MAX) ? turn.getKey() : turn.getValue();
            last = end.isAfter(last) ? end : last;
        }
        return last;
    }

    /** The daemon's time for all turns; turns at the same time count once. */
    Duration duration() {
        Duration sum = Duration.ZERO;
        Instant counted = Instant.MIN;
        for (Map.Entry<Instant, Instant> turn : turns.entrySet()) {
            Instant begin = turn.getKey().isBefore(counted) ? counted : turn.getKey();
            Instant end = turn.getValue();
            if (!end.equals(Instant.MAX) && end.isAfter(begin)) {
                sum = sum.plus(Duration.between(begin, end));
                counted = end;
            }
        }
        return sum;
    }

    /** True for the first call only. */
    boolean announce() {
        boolean first = !announced;
        announced = true;
        return first;
    }

    boolean isTold() {
        return told;
    }

    void setTold() {
        told = true;
    }
}

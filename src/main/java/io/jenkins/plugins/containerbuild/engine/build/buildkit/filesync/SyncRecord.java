package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps what a daemon was told of directories. For any thread. */
public final class SyncRecord {

    private final List<SentDirectory> sent = new ArrayList<>();
    private int underWay;
    private boolean broken;

    /** A synchronisation begins. */
    public synchronized void begin() {
        underWay++;
    }

    /**
     * It has ended.
     *
     * @param told null when the daemon was not told all, or did not take it
     */
    public synchronized void end(SentDirectory told) {
        underWay--;
        if (told == null) {
            broken = true;
        } else {
            add(told);
        }
    }

    private void add(SentDirectory told) {
        Optional<SentDirectory> before = sent.stream().filter(told::asksAs).findFirst();
        if (before.isEmpty()) {
            sent.add(told);
        } else if (!before.get().equals(told)) {
            broken = true; // something changed in between: nobody knows which of the two the daemon holds
        }
    }

    /**
     * Everything that a daemon has been told by now and before.
     *
     * @param before what it was told earlier
     * @return empty when not all of it is known, or it contradicts itself
     */
    public synchronized Optional<List<SentDirectory>> after(List<SentDirectory> before) {
        before.forEach(this::add);
        return broken || underWay > 0 ? Optional.empty() : Optional.of(List.copyOf(sent));
    }
}

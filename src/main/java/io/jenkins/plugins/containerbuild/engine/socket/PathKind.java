package io.jenkins.plugins.containerbuild.engine.socket;

import java.util.Locale;

/** What stands at an endpoint's path, links followed. */
public enum PathKind {
    SOCKET,
    EMPTY_DIRECTORY,
    DIRECTORY,
    FILE,
    /** A pipe or a device. */
    OTHER,
    ABSENT,
    /** A directory above it may not be entered. */
    CLOSED;

    /** As in JSON: {@code empty-directory}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

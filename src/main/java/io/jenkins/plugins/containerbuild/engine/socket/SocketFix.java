package io.jenkins.plugins.containerbuild.engine.socket;

import java.io.Serializable;
import java.util.List;

/**
 * The one thing to do next on this very host.
 *
 * @param title what the lines do, as a sentence without a full stop
 * @param lines commands or lines of a file, exactly as they are to be typed; empty where nothing is to be typed
 */
public record SocketFix(String title, List<String> lines) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Nothing is to be done. */
    public static final SocketFix NONE = new SocketFix("", List.of());

    /** Copies the lines. */
    public SocketFix {
        lines = List.copyOf(lines);
    }
}

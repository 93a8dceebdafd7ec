package io.jenkins.plugins.containerbuild.engine.endpoint;

/**
 * The daemon answered, but with an error status. Stays inside the engine: whoever made the call knows what it was for
 * and turns this into an {@code EngineException}.
 */
public final class DaemonRefusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status the HTTP status
     * @param message what the daemon said, without a full stop at its end
     */
    public DaemonRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}

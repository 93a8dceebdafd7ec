package io.jenkins.plugins.containerbuild.engine.build.buildkit.remote;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;

/** The Docker Engine that images of builders are loaded into. It is looked for only when one is to be loaded. */
public final class LoadEngine implements AutoCloseable {

    private static final String WHAT = "could not prepare to load the image into a Docker Engine";
    private static final String ADVICE =
            "Push the image (push), write it to a file (outputs type=docker,dest=image.tar)"
                    + " or make a Docker Engine reachable where the build runs";

    private final EndpointRequest endpoint;
    private final EngineListener listener;
    private EngineConnection connection;

    /**
     * @param endpoint which Engine, or null for none
     * @param listener told which one was found
     */
    public LoadEngine(EndpointRequest endpoint, EngineListener listener) {
        this.endpoint = endpoint;
        this.listener = listener;
    }

    /**
     * The connection, which is opened by the first call.
     *
     * @throws EngineException when there is no Engine
     * @throws InterruptedException when the thread was interrupted
     */
    public synchronized EngineConnection connection() throws EngineException, InterruptedException {
        if (connection == null) {
            if (endpoint == null) {
                throw new EngineException(
                        WHAT, "the build runs on a BuildKit daemon of its own, and no Engine was given", ADVICE);
            }
            try {
                connection = EngineConnection.open(endpoint, listener);
            } catch (EngineException e) {
                throw new EngineException(
                        WHAT,
                        "the build runs on a BuildKit daemon of its own, and there is no Engine here: " + e.what()
                                + ": " + e.why(),
                        ADVICE,
                        e);
            }
        }
        return connection;
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}

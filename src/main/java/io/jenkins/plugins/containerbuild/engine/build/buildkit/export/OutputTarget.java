package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.grpc.stub.StreamObserver;
import io.jenkins.plugins.containerbuild.engine.EngineException;

/**
 * Where one exporter's stream goes. The daemon sends it while it builds, from any thread; the build's own thread begins an
 * attempt and ends it.
 */
interface OutputTarget {

    /** Forgets what an earlier attempt left behind. */
    void begin();

    /**
     * The daemon opened a stream.
     *
     * @param daemon takes the answers; the target completes it
     * @return gets the stream's messages
     */
    StreamObserver<byte[]> receive(StreamObserver<byte[]> daemon);

    /**
     * The build succeeded: what was received counts.
     *
     * @return the absolute path of what was written, or null where it is no file
     * @throws EngineException when it cannot be put into its place, or nothing was received
     */
    String keep() throws EngineException, InterruptedException;

    /** The build failed or was cancelled: nothing half done may stay. To be called after {@link #keep} as well. */
    void discard();

    /** Why it could not take what was sent, or null. */
    EngineException failure();
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit.session;

import io.grpc.ServerServiceDefinition;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.util.List;

/** One thing that a daemon may ask of us while it builds. Its calls come from any thread, several at once. */
public interface SessionPart extends AutoCloseable {

    /** The services that it serves; never null. */
    List<ServerServiceDefinition> services();

    /**
     * Why it could not do what the daemon asked for, or null. It outranks the daemon's own words, which know only that
     * something was refused.
     */
    EngineException failure();

    /** Lets go of what it holds; the session has ended by then. */
    @Override
    default void close() {}
}

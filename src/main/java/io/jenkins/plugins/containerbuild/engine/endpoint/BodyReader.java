package io.jenkins.plugins.containerbuild.engine.endpoint;

import java.io.IOException;
import java.io.InputStream;

/**
 * Takes what is wanted from the body of an answer.
 *
 * @param <T> what that is
 */
@FunctionalInterface
public interface BodyReader<T> {

    /** Reads; whoever calls this closes the stream. */
    T read(InputStream body) throws IOException;
}

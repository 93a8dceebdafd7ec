package io.jenkins.plugins.containerbuild.engine.endpoint;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Bytes both ways. One thread may read while another writes; closing it from a third one ends both. */
public interface DuplexStream extends Closeable {

    /** What the other side sends. */
    InputStream input() throws IOException;

    /** What the other side gets. */
    OutputStream output() throws IOException;
}

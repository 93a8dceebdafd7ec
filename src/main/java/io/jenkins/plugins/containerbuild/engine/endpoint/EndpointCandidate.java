package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.github.dockerjava.transport.SSLConfig;
import java.net.URI;

/**
 * An address at which a daemon may answer.
 *
 * @param uri the address
 * @param tls how to speak TLS with it, or null for none
 * @param source where the address comes from, for messages
 */
record EndpointCandidate(URI uri, SSLConfig tls, String source) {

    /** Whether it is a socket or a pipe of this machine, with which TLS is out of the question. */
    boolean isLocalSocket() {
        return uri.getScheme().equals("unix") || uri.getScheme().equals("npipe");
    }
}

package io.jenkins.plugins.containerbuild.engine.registry.http;

import java.io.IOException;

/** A registry asked for a client certificate, was shown none, and ended the connection. */
final class ClientCertificateException extends IOException {

    private static final long serialVersionUID = 1L;

    ClientCertificateException(IOException cause) {
        super("it wants a client certificate", cause);
    }
}

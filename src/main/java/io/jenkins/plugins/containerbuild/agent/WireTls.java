package io.jenkins.plugins.containerbuild.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import java.io.IOException;
import java.io.ObjectOutputStream;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/**
 * A daemon's certificates on their way from the controller to an agent. Since the key of the client's may be among them,
 * they can be serialized over a Remoting channel only, never to a file.
 */
public final class WireTls implements SerializableOnlyOverRemoting {

    private static final long serialVersionUID = 1L;

    private final String serverCa;
    private final String clientCertificate;
    private final char[] clientKey;

    private WireTls(TlsMaterial material) {
        serverCa = material.serverCa();
        clientCertificate = material.clientCertificate();
        clientKey = material.clientKey() == null
                ? null
                : material.clientKey().reveal().toCharArray();
    }

    /** The wire form; null for null. */
    @CheckForNull
    static WireTls of(@CheckForNull TlsMaterial material) {
        return material == null ? null : new WireTls(material);
    }

    /** The certificates again, on the other side; null for null. */
    @CheckForNull
    static TlsMaterial unwrap(@CheckForNull WireTls tls) {
        return tls == null
                ? null
                : new TlsMaterial(
                        tls.serverCa, tls.clientCertificate, tls.clientKey == null ? null : Secret.of(tls.clientKey));
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        getChannelForSerialization(); // refuses when this is no channel
        out.defaultWriteObject();
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "certificates";
    }
}

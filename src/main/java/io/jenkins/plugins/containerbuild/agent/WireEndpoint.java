package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/**
 * Which daemon to use, on its way from the controller to an agent. Since it may hold the key of a client certificate, it
 * can be serialized over a Remoting channel only, never to a file.
 */
public final class WireEndpoint implements SerializableOnlyOverRemoting {

    private static final long serialVersionUID = 1L;

    private final String uri;
    private final boolean tls;
    private final String serverCa;
    private final String clientCertificate;
    private final char[] clientKey;
    private final HashMap<String, String> environment;

    private WireEndpoint(EndpointRequest endpoint) {
        TlsMaterial material = endpoint.tls();
        uri = endpoint.uri();
        tls = material != null;
        serverCa = tls ? material.serverCa() : null;
        clientCertificate = tls ? material.clientCertificate() : null;
        clientKey = tls && material.clientKey() != null
                ? material.clientKey().reveal().toCharArray()
                : null;
        environment = new HashMap<>(endpoint.environment());
    }

    /** The wire form of an endpoint. */
    public static WireEndpoint of(EndpointRequest endpoint) {
        return new WireEndpoint(endpoint);
    }

    /**
     * The endpoint again, on the other side.
     *
     * @param machine the environment of the process there; the build's own variables win over it
     */
    public EndpointRequest unwrap(Map<String, String> machine) {
        Map<String, String> all = new HashMap<>(machine);
        all.putAll(environment);
        Secret key = clientKey == null ? null : Secret.of(clientKey);
        return new EndpointRequest(uri, tls ? new TlsMaterial(serverCa, clientCertificate, key) : null, all);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        getChannelForSerialization(); // refuses when this is no channel
        out.defaultWriteObject();
    }

    /** Shows the address only. */
    @Override
    public String toString() {
        return uri == null ? "endpoint of the environment" : uri;
    }
}

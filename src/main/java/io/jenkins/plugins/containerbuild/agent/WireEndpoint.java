package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
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
    private final WireTls tls;
    private final HashMap<String, String> environment;

    private WireEndpoint(EndpointRequest endpoint) {
        uri = endpoint.uri();
        tls = WireTls.of(endpoint.tls());
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
        return new EndpointRequest(uri, WireTls.unwrap(tls), all);
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

package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderAddress;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/**
 * Which builders to use, on their way from the controller to an agent. Since they may hold the key of a client certificate,
 * they can be serialized over a Remoting channel only, never to a file.
 */
public final class WireBuilders implements SerializableOnlyOverRemoting {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> uris = new ArrayList<>();

    /** One for each address, or null. */
    private final ArrayList<WireTls> certificates = new ArrayList<>();

    private WireBuilders(List<BuilderAddress> addresses) {
        for (BuilderAddress address : addresses) {
            uris.add(address.uri());
            certificates.add(WireTls.of(address.tls()));
        }
    }

    /** The wire form of builders. */
    public static WireBuilders of(List<BuilderAddress> addresses) {
        return new WireBuilders(addresses);
    }

    /** The builders again, on the other side. */
    public List<BuilderAddress> unwrap() {
        List<BuilderAddress> addresses = new ArrayList<>();
        for (int i = 0; i < uris.size(); i++) {
            addresses.add(new BuilderAddress(uris.get(i), WireTls.unwrap(certificates.get(i))));
        }
        return addresses;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        getChannelForSerialization(); // refuses when this is no channel
        out.defaultWriteObject();
    }

    /** Shows the addresses only. */
    @Override
    public String toString() {
        return String.join(", ", uris);
    }
}

package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import java.io.IOException;
import java.io.ObjectOutputStream;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/**
 * A registry's credentials on their way from the controller to an agent. They can be serialized over a Remoting channel
 * only, never to a file.
 */
public final class WireCredentials implements SerializableOnlyOverRemoting {

    private static final long serialVersionUID = 1L;

    private final String username;
    private final char[] secret;
    private final boolean identityToken;

    private WireCredentials(RegistryCredentials credentials) {
        username = credentials.username();
        secret = credentials.secret().reveal().toCharArray();
        identityToken = credentials.identityToken();
    }

    /** The wire form of credentials. */
    public static WireCredentials of(RegistryCredentials credentials) {
        return new WireCredentials(credentials);
    }

    /** The credentials again, on the other side. */
    public RegistryCredentials unwrap() {
        return new RegistryCredentials(username, Secret.of(secret), identityToken);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        getChannelForSerialization(); // refuses when this is no channel
        out.defaultWriteObject();
    }

    /** Shows the account only. */
    @Override
    public String toString() {
        return "credentials of " + username;
    }
}

package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.SecretBytes;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/**
 * A secret's value on its way from the controller to an agent. It can be serialized over a Remoting channel only, never
 * to a file.
 */
public final class WireSecret implements SerializableOnlyOverRemoting {

    private static final long serialVersionUID = 1L;

    private final byte[] value;

    private WireSecret(byte[] value) {
        this.value = value;
    }

    /** The wire form of a secret, which stays the caller's to close. */
    public static WireSecret of(SecretBytes secret) {
        return new WireSecret(secret.reveal());
    }

    /** The secret again, on the other side; this form of it is empty then. */
    public SecretBytes unwrap() {
        SecretBytes secret = SecretBytes.of(value);
        Arrays.fill(value, (byte) 0);
        return secret;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        getChannelForSerialization(); // refuses when this is no channel
        out.defaultWriteObject();
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "a secret";
    }
}

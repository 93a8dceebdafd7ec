package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.build.SshKey;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/**
 * A private key on its way from the controller to an agent. It can be serialized over a Remoting channel only, never to a
 * file.
 */
public final class WireSshKey implements SerializableOnlyOverRemoting {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final WireSecret privateKey;
    private final char[] passphrase;

    private WireSshKey(SshKey key) {
        name = key.name();
        privateKey = WireSecret.of(key.privateKey());
        passphrase = key.passphrase() == null ? null : key.passphrase().reveal().toCharArray();
    }

    /** The wire form of a key, which stays the caller's to close. */
    public static WireSshKey of(SshKey key) {
        return new WireSshKey(key);
    }

    /** The key again, on the other side; this form of it is empty then. */
    public SshKey unwrap() {
        SshKey key = new SshKey(name, privateKey.unwrap(), passphrase == null ? null : Secret.of(passphrase));
        if (passphrase != null) {
            Arrays.fill(passphrase, '\0');
        }
        return key;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        getChannelForSerialization(); // refuses when this is no channel
        out.defaultWriteObject();
    }

    /** Shows the name only. */
    @Override
    public String toString() {
        return "the SSH key " + name;
    }
}

package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.SecretBytes;
import java.util.Objects;

/**
 * A private key for {@code RUN --mount=type=ssh}. Not serializable; its text form shows the name only.
 *
 * @param name what it is called in messages and in {@code ssh-add -l}: the credentials' id, the file's name; not null
 * @param privateKey PEM (PKCS#1, PKCS#8) or OpenSSH's own format; RSA, ECDSA or Ed25519; not null
 * @param passphrase by which it is encrypted, or null
 */
public record SshKey(String name, SecretBytes privateKey, Secret passphrase) implements AutoCloseable {

    /** Refuses null where there has to be something. */
    public SshKey {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(privateKey, "privateKey");
    }

    /** Overwrites key and passphrase. */
    @Override
    public void close() {
        privateKey.close();
        if (passphrase != null) {
            passphrase.close();
        }
    }

    @Override
    public String toString() {
        return "the SSH key '" + name + "'";
    }
}

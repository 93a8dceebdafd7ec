package io.jenkins.plugins.containerbuild.engine.build.ssh;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.SshKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Reads private keys in the forms in which people have them. */
final class PrivateKeys {

    private static final String FORMS = "PEM (PKCS#1 or PKCS#8) and OpenSSH's own format are read, with RSA, ECDSA and"
            + " Ed25519 keys; ssh-keygen -p -f FILE rewrites others";

    private PrivateKeys() {}

    /**
     * Reads what may be one key or several.
     *
     * @param what what cannot be done without it, for messages
     * @throws EngineException when it is none, encrypted without a passphrase, or the passphrase is wrong
     */
    static List<KeyAgent.Identity> read(String what, SshKey key) throws EngineException {
        AtomicBoolean encrypted = new AtomicBoolean();
        FilePasswordProvider passphrase = (session, resource, retry) -> {
            encrypted.set(true);
            return key.passphrase() == null ? null : key.passphrase().reveal();
        };
        byte[] bytes = key.privateKey().reveal();
        try {
            Iterable<KeyPair> found = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(key.name()), new ByteArrayInputStream(bytes), passphrase);
            if (found == null) {
                throw new EngineException(what, key + " is no private key", FORMS);
            }
            List<KeyAgent.Identity> identities = new ArrayList<>();
            found.forEach(pair -> identities.add(new KeyAgent.Identity(key.name(), pair)));
            return identities;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw unreadable(what, key, encrypted.get());
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Without the cause: its words may be some of the key's. */
    private static EngineException unreadable(String what, SshKey key, boolean encrypted) {
        if (!encrypted) {
            return new EngineException(what, key + " cannot be read", FORMS);
        }
        boolean given = key.passphrase() != null && !key.passphrase().isEmpty();
        return given
                ? new EngineException(what, key + " cannot be decrypted with its passphrase", "Check the passphrase")
                : new EngineException(
                        what,
                        key + " is encrypted, and no passphrase is there for it",
                        "Give the passphrase along with the key, or load the key into an SSH agent and forward that");
    }
}

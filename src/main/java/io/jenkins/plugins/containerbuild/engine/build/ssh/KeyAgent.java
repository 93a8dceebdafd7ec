package io.jenkins.plugins.containerbuild.engine.build.ssh;

import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** An agent that holds its keys in memory. */
final class KeyAgent implements SshAgent {

    private static final byte LISTED = 12;
    private static final byte SIGNED = 14;
    /** By these flags of a request an RSA key signs with SHA-2; without one it has to be SHA-1, whoever still wants that. */
    private static final int RSA_SHA2_256 = 2;

    private static final int RSA_SHA2_512 = 4;

    private final List<Identity> identities;

    /**
     * A key.
     *
     * @param name shown in lists
     * @param pair both halves
     */
    record Identity(String name, KeyPair pair) {

        @Override
        public String toString() {
            return name;
        }
    }

    KeyAgent(List<Identity> identities) {
        this.identities = List.copyOf(identities);
    }

    @Override
    public byte[] answer(byte[] request) throws IOException {
        try {
            return request[0] == LIST ? list() : sign(new ByteArrayBuffer(request, 1, request.length - 1));
        } catch (RuntimeException e) {
            // What the library throws for a request that ends too early or names a kind of key that there is not.
            throw new IOException("the request is broken", e);
        }
    }

    private byte[] list() {
        Buffer answer = new ByteArrayBuffer();
        answer.putByte(LISTED);
        answer.putUInt(identities.size());
        for (Identity identity : identities) {
            answer.putPublicKey(identity.pair().getPublic());
            answer.putString(identity.name());
        }
        return answer.getCompactData();
    }

    private byte[] sign(Buffer request) throws IOException {
        PublicKey wanted = request.getPublicKey();
        byte[] data = request.getBytes();
        int flags = request.getInt();
        KeyPair pair = identities.stream()
                .map(Identity::pair)
                .filter(one -> KeyUtils.compareKeys(one.getPublic(), wanted))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no such key"));
        String algorithm = algorithm(KeyUtils.getKeyType(pair), flags);
        Buffer signature = new ByteArrayBuffer();
        signature.putString(algorithm);
        signature.putBytes(signature(algorithm, pair, data));
        Buffer answer = new ByteArrayBuffer();
        answer.putByte(SIGNED);
        answer.putBytes(signature.getCompactData());
        return answer.getCompactData();
    }

    private static String algorithm(String keyType, int flags) {
        if (!KeyPairProvider.SSH_RSA.equals(keyType)) {
            return keyType;
        }
        if ((flags & RSA_SHA2_512) != 0) {
            return KeyUtils.RSA_SHA512_KEY_TYPE_ALIAS;
        }
        return (flags & RSA_SHA2_256) == 0 ? keyType : KeyUtils.RSA_SHA256_KEY_TYPE_ALIAS;
    }

    private static byte[] signature(String algorithm, KeyPair pair, byte[] data) throws IOException {
        BuiltinSignatures factory = BuiltinSignatures.fromFactoryName(algorithm);
        if (factory == null || !factory.isSupported()) {
            throw new IOException("nobody here can sign with " + algorithm);
        }
        Signature signer = factory.create();
        try {
            signer.initSigner(null, pair.getPrivate());
            signer.update(null, data);
            return signer.sign(null);
        } catch (Exception e) { // as the library declares it
            throw new IOException("could not sign with " + algorithm, e);
        }
    }
}

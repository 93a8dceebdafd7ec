package io.jenkins.plugins.containerbuild.engine.registry.saved;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes one digest. */
final class Sha256 {

    static final String NAME = "sha256";

    private final MessageDigest hash;

    Sha256() {
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static Digest of(byte[] content) {
        return new Sha256().add(content, 0, content.length).digest();
    }

    Sha256 add(byte[] bytes, int from, int count) {
        hash.update(bytes, from, count);
        return this;
    }

    /** Ends the computation. */
    Digest digest() {
        return new Digest(NAME, HexFormat.of().formatHex(hash.digest()));
    }
}

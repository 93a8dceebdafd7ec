package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Computes digests. */
final class ContentHash {

    private static final Map<String, String> NAMES =
            Map.of("sha256", "SHA-256", "sha384", "SHA-384", "sha512", "SHA-512");
    private static final String DEFAULT = "sha256";

    private final String algorithm;
    private final MessageDigest hash;

    private ContentHash(String algorithm) {
        this.algorithm = algorithm;
        String name = NAMES.get(algorithm);
        if (name == null) {
            throw new IllegalArgumentException("nobody here can compute the digest algorithm " + algorithm);
        }
        try {
            hash = MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + name, e);
        }
    }

    /** By the algorithm of a digest that content is to be compared with; see {@link #isKnown}. */
    static ContentHash like(Digest digest) {
        return new ContentHash(digest.algorithm());
    }

    static boolean isKnown(Digest digest) {
        return NAMES.containsKey(digest.algorithm());
    }

    static Digest of(byte[] content) {
        return new ContentHash(DEFAULT).add(content, 0, content.length).digest();
    }

    static boolean matches(Digest digest, byte[] content) {
        return isKnown(digest)
                && like(digest).add(content, 0, content.length).digest().equals(digest);
    }

    ContentHash add(byte[] bytes, int from, int count) {
        hash.update(bytes, from, count);
        return this;
    }

    /** Ends the computation. */
    Digest digest() {
        return new Digest(algorithm, HexFormat.of().formatHex(hash.digest()));
    }
}

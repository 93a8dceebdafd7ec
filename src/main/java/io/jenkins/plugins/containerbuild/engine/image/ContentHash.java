package io.jenkins.plugins.containerbuild.engine.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Computes a digest, of content that comes in pieces; for one use, by one thread. */
public final class ContentHash {

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

    /** By sha256, which everybody names content by. */
    public static ContentHash sha256() {
        return new ContentHash(DEFAULT);
    }

    /** Whether a digest is one by sha256. */
    public static boolean isSha256(Digest digest) {
        return digest.algorithm().equals(DEFAULT);
    }

    /**
     * By the algorithm of a digest that content is to be compared with.
     *
     * @throws IllegalArgumentException when it is not {@linkplain #isKnown known}
     */
    public static ContentHash like(Digest digest) {
        return new ContentHash(digest.algorithm());
    }

    /** Whether the algorithm of a digest can be computed here. */
    public static boolean isKnown(Digest digest) {
        return NAMES.containsKey(digest.algorithm());
    }

    /** The sha256 digest of content that is at hand. */
    public static Digest of(byte[] content) {
        return sha256().add(content, 0, content.length).digest();
    }

    /** Whether content has a digest; false where that cannot be computed. */
    public static boolean matches(Digest digest, byte[] content) {
        return isKnown(digest)
                && like(digest).add(content, 0, content.length).digest().equals(digest);
    }

    /** Adds a piece. */
    public ContentHash add(byte[] bytes, int from, int count) {
        hash.update(bytes, from, count);
        return this;
    }

    /** Ends the computation. */
    public Digest digest() {
        return new Digest(algorithm, HexFormat.of().formatHex(hash.digest()));
    }
}

package io.jenkins.plugins.containerbuild.engine.image;

import java.io.Serializable;
import java.util.Objects;

/**
 * The address of content by its hash, such as an image id or a manifest's digest: {@code sha256:} and 64 hex digits. For
 * sha256, sha384 and sha512 the length is checked and the hex part is lower case; other algorithms follow the general
 * grammar of the distribution project (at least 32 hex digits).
 *
 * @param algorithm the hash's name, for example {@code sha256}; not null
 * @param hex the hash in hex digits; not null
 */
public record Digest(String algorithm, String hex) implements Serializable {

    static final int SHORTEST_HEX = 32;

    private static final long serialVersionUID = 1L;

    private static final String KIND = "digest";

    /**
     * Checks both parts.
     *
     * @throws InvalidReferenceException when they are no digest
     */
    public Digest {
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(hex, "hex");
        String text = algorithm + ":" + hex;
        new PartGrammar(KIND, text).checkDigest(0, text.length());
    }

    /**
     * Reads {@code algorithm:hex}.
     *
     * @param text not null
     * @throws InvalidReferenceException when the text is no digest
     */
    public static Digest parse(String text) {
        new PartGrammar(KIND, text).checkDigest(0, text.length());
        int colon = text.indexOf(':');
        return new Digest(text.substring(0, colon), text.substring(colon + 1));
    }

    /** The number of hex digits of a well-known algorithm, or 0 for any other. */
    static int hexLength(String algorithm) {
        return switch (algorithm) {
            case "sha256" -> 64;
            case "sha384" -> 96;
            case "sha512" -> 128;
            default -> 0;
        };
    }

    /** The usual form, {@code sha256:0123...}. */
    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}

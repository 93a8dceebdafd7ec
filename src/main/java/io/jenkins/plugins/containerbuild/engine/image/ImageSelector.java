package io.jenkins.plugins.containerbuild.engine.image;

import java.io.Serializable;
import java.util.Objects;

/** Says which image of a daemon is meant: by its id, by the beginning of its id, or by a name. */
public sealed interface ImageSelector extends Serializable {

    /**
     * What the Engine's API finds the image by.
     *
     * @return never null
     */
    String engineName();

    /**
     * Reads {@code sha256:} with 64 hex digits, 64 hex digits, 12 to 63 hex digits (which the Engine looks up among names
     * and ids), or a reference.
     *
     * @param text not null
     * @throws InvalidReferenceException when the text is none of these
     */
    static ImageSelector parse(String text) {
        return parse(text, null);
    }

    /**
     * Reads an image's id or name.
     *
     * @param text not null
     * @param defaultDomain what completes a name without a host, see {@link ImageReference#parse(String, String)}; null
     *     for Docker Hub
     * @throws InvalidReferenceException when the text is neither
     */
    static ImageSelector parse(String text, String defaultDomain) {
        if (text.startsWith("sha256:")) {
            return new Id(Digest.parse(text));
        }
        if (ReferenceParser.isBareHash(text)) {
            return new Id(new Digest("sha256", text));
        }
        if (ShortId.isShortId(text)) {
            return new ShortId(text);
        }
        return new Named(ImageReference.parse(text, defaultDomain));
    }

    /**
     * The image with this id.
     *
     * @param id not null
     */
    static ImageSelector ofId(Digest id) {
        return new Id(id);
    }

    /**
     * The image with this name.
     *
     * @param reference not null
     */
    static ImageSelector ofName(ImageReference reference) {
        return new Named(reference);
    }

    /**
     * By full id; no other image can be meant.
     *
     * @param digest the id
     */
    record Id(Digest digest) implements ImageSelector {

        /** Refuses null. */
        public Id {
            Objects.requireNonNull(digest, "digest");
        }

        @Override
        public String engineName() {
            return digest.toString();
        }

        @Override
        public String toString() {
            return engineName();
        }
    }

    /**
     * By the beginning of an id.
     *
     * @param hex 12 to 63 lower-case hex digits
     */
    record ShortId(String hex) implements ImageSelector {

        /**
         * Checks the digits.
         *
         * @throws IllegalArgumentException when there are too few, too many or others
         */
        public ShortId {
            if (!isShortId(hex)) {
                throw new IllegalArgumentException(
                        "A short image id has 12 to 63 lower-case hex digits: " + Printable.shortened(hex));
            }
        }

        static boolean isShortId(String text) {
            return text.length() >= 12 && text.length() < 64 && ReferenceParser.isLowerHex(text);
        }

        @Override
        public String engineName() {
            return hex;
        }

        @Override
        public String toString() {
            return hex;
        }
    }

    /**
     * By name.
     *
     * @param reference the name; with both tag and digest the digest decides
     */
    record Named(ImageReference reference) implements ImageSelector {

        /** Refuses null. */
        public Named {
            Objects.requireNonNull(reference, "reference");
        }

        /** The full form; without the tag when there is a digest, since podman refuses both together. */
        @Override
        public String engineName() {
            return reference.digest() == null
                    ? reference.withDefaultTag().canonical()
                    : reference.repository() + "@" + reference.digest();
        }

        @Override
        public String toString() {
            return reference.toString();
        }
    }
}

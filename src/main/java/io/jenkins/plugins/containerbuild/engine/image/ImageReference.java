package io.jenkins.plugins.containerbuild.engine.image;

import java.io.Serializable;
import java.util.Objects;

/**
 * The name of an image: a registry's host, a repository's path in it, and optionally a tag, a digest or both. Every
 * instance is valid and complete: short names are expanded the way the docker CLI does it, so that {@code app:1} is
 * {@code docker.io/library/app:1}. The grammar is the one of the distribution project's reference package.
 */
public final class ImageReference implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final String DEFAULT_TAG = "latest";

    private final String domain;
    private final String path;
    private final String tag;
    private final Digest digest;

    ImageReference(String domain, String path, String tag, Digest digest) {
        this.domain = domain;
        this.path = path;
        this.tag = tag;
        this.digest = digest;
    }

    /**
     * Reads a reference; a missing host means Docker Hub.
     *
     * @param text not null
     * @throws InvalidReferenceException when the text is no reference
     */
    public static ImageReference parse(String text) {
        return parse(text, null);
    }

    /**
     * Reads a reference.
     *
     * @param text not null
     * @param defaultDomain what to put in front of a name without a host: a host with an optional port and an optional
     *     path, such as {@code registry.example:5000/team}; null for Docker Hub. It never changes a name that has a host
     * @throws InvalidReferenceException when the text is no reference, or the default domain cannot be one's beginning
     */
    public static ImageReference parse(String text, String defaultDomain) {
        DefaultDomain completion =
                defaultDomain == null ? DefaultDomain.DOCKER_HUB : DefaultDomain.parse(defaultDomain);
        return new ReferenceParser(text, completion).parse();
    }

    /** The registry's host, with its port where one was given: {@code docker.io}, {@code [::1]:5000}. Never null. */
    public String domain() {
        return domain;
    }

    /** The repository in that registry: {@code library/app}. Never null. */
    public String path() {
        return path;
    }

    /** The tag, or null. */
    public String tag() {
        return tag;
    }

    /** The digest, or null. */
    public Digest digest() {
        return digest;
    }

    /** Host and path, without tag and digest. */
    public String repository() {
        return domain + "/" + path;
    }

    /** The full form, which names the registry even where it is Docker Hub. */
    public String canonical() {
        return repository() + suffix();
    }

    /**
     * The shortest form that means the same: without {@code docker.io/} and {@code library/}, unless what is left would
     * be read as something else.
     */
    public String familiar() {
        return DefaultDomain.shortest(domain, path) + suffix();
    }

    private String suffix() {
        return (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }

    /**
     * The same repository and digest with another tag.
     *
     * @param newTag not null
     * @throws InvalidReferenceException when it is no tag
     */
    public ImageReference withTag(String newTag) {
        new PartGrammar("image tag", newTag).checkTag(0, newTag.length());
        return new ImageReference(domain, path, newTag, digest);
    }

    /**
     * The same repository and tag with another digest.
     *
     * @param newDigest not null
     */
    public ImageReference withDigest(Digest newDigest) {
        return new ImageReference(domain, path, tag, Objects.requireNonNull(newDigest, "newDigest"));
    }

    /** This reference, with the tag {@code latest} when it has neither tag nor digest. */
    public ImageReference withDefaultTag() {
        return tag == null && digest == null ? withTag(DEFAULT_TAG) : this;
    }

    /** References come over the wire from agents; what is not a reference must not become one here either. */
    private Object readResolve() {
        return parse(canonical());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageReference that
                && domain.equals(that.domain)
                && path.equals(that.path)
                && Objects.equals(tag, that.tag)
                && Objects.equals(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Objects.hash(domain, path, tag, digest);
    }

    /** The familiar form. */
    @Override
    public String toString() {
        return familiar();
    }
}

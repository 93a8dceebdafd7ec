package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Images of a repository, written by hand: of any kind, in no time, and without any engine. */
final class CraftedImages {

    static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

    private final TestRegistry registry;
    private final String repository;

    CraftedImages(TestRegistry registry) {
        this(registry, "crafted/" + UUID.randomUUID());
    }

    CraftedImages(TestRegistry registry, String repository) {
        this.registry = registry;
        this.repository = repository;
    }

    String repository() {
        return repository;
    }

    /** With its registry. */
    String name() {
        return registry.address() + "/" + repository;
    }

    /** A blob's descriptor. */
    String blob(String type, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + registry.putBlob(repository, bytes) + "\",\"size\":"
                + bytes.length + "}";
    }

    /** An image with one layer; returns its digest. */
    String image(String tag, String architecture) {
        return image(tag, "{\"os\":\"linux\",\"architecture\":\"" + architecture + "\",\"config\":{}}", "");
    }

    /**
     * An image of any configuration.
     *
     * @param more further fields of the manifest, each with a comma in front
     */
    String image(String tag, String config, String more) {
        return artifact(tag, blob(CONFIG, config), blob(LAYER, "layer " + UUID.randomUUID()), more);
    }

    /** Any manifest. */
    String artifact(String tag, String config, String layer, String more) {
        // Nobody writes JSON like that: whoever writes it anew is found out by the digest.
        return registry.putManifest(
                repository,
                tag,
                MediaTypes.OCI_MANIFEST,
                "{ \"schemaVersion\":2,\n\n\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\t\"config\":" + config
                        + ",\"layers\":[" + layer + "]" + more + "}");
    }

    /** What refers to something. */
    String referrer(String subject, String content) {
        return artifact(
                null,
                blob("application/vnd.oci.empty.v1+json", "{}"),
                blob("text/plain", content),
                ",\"artifactType\":\"application/vnd.example.signature\",\"annotations\":{\"org.example.by\":\""
                        + content + "\"},\"subject\":" + entry(subject, ""));
    }

    /** An index of entries. */
    String index(String tag, String... entries) {
        return registry.putManifest(
                repository,
                tag,
                MediaTypes.OCI_INDEX,
                "{\"schemaVersion\" : 2, \"mediaType\":\"" + MediaTypes.OCI_INDEX + "\", \"manifests\":["
                        + String.join(", ", entries) + "],\"annotations\":{\"org.example.of\":\"the index\"}}");
    }

    /** An index's entry for an image. */
    String entry(String digest, String more) {
        return entry(MediaTypes.OCI_MANIFEST, digest, more);
    }

    /** An index's entry. */
    String entry(String type, String digest, String more) {
        int size = registry.manifest(repository, digest).orElseThrow().length();
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + size + more + "}";
    }

    static String platform(String architecture) {
        return ",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + architecture + "\"}";
    }

    /** An index of two platforms, with an attestation of one of them. */
    String twoPlatforms(String tag) {
        String amd64 = image(null, "amd64");
        String arm64 = image(null, "arm64");
        String attestation = image(
                null, "{\"os\":\"unknown\",\"architecture\":\"unknown\"}", ",\"annotations\":{\"is\":\"untouched\"}");
        return index(
                tag,
                entry(amd64, platform("amd64")),
                entry(arm64, platform("arm64")),
                entry(
                        attestation,
                        ",\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"},\"annotations\":"
                                + "{\"vnd.docker.reference.type\":\"attestation-manifest\","
                                + "\"vnd.docker.reference.digest\":\"" + amd64 + "\"}"));
    }
}

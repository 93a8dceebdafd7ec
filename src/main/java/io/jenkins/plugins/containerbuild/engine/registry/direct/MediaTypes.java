package io.jenkins.plugins.containerbuild.engine.registry.direct;

import java.util.Set;

/** The media types of the OCI image specification and of Docker's image manifest version 2, schema 2. */
final class MediaTypes {

    static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
    static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

    /** What a request for a manifest takes. */
    static final String ACCEPT = String.join(", ", OCI_INDEX, DOCKER_LIST, OCI_MANIFEST, DOCKER_MANIFEST);

    private static final Set<String> CONFIGS = Set.of("application/vnd.oci.image.config.v1+json", DOCKER_CONFIG);

    private MediaTypes() {}

    static boolean isIndex(String type) {
        return type.equals(OCI_INDEX) || type.equals(DOCKER_LIST);
    }

    static boolean isManifest(String type) {
        return type.equals(OCI_MANIFEST) || type.equals(DOCKER_MANIFEST);
    }

    /** Whether this is the configuration of an image, and no other artifact's. */
    static boolean isImageConfig(String type) {
        return CONFIGS.contains(type);
    }

    /** Whether this is a layer that is compressed with gzip. */
    static boolean isGzipLayer(String type) {
        return type.equals(DOCKER_LAYER) || type.equals(OCI_LAYER);
    }

    /** Whether this is a layer that registries are not meant to have, such as those of Windows. */
    static boolean isKeptElsewhere(String type) {
        return type.contains(".foreign.") || type.contains(".nondistributable.");
    }
}

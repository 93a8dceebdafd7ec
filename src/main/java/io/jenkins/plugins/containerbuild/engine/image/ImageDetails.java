package io.jenkins.plugins.containerbuild.engine.image;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What a daemon knows of one of its images.
 *
 * @param imageId the image's id in the daemon
 * @param tags its names there
 * @param repositoryDigests {@code repository@digest} of the registries it was pulled from or pushed to
 * @param sizeBytes its size in the daemon
 * @param diffIds the layers of its file system, the lowest one first, by the digests of their content without compression
 * @param os its operating system
 * @param architecture its processor architecture
 * @param created when it was made, as the daemon writes it (RFC 3339); may be empty
 * @param labels its labels
 */
public record ImageDetails(
        Digest imageId,
        List<String> tags,
        List<String> repositoryDigests,
        long sizeBytes,
        List<Digest> diffIds,
        String os,
        String architecture,
        String created,
        Map<String, String> labels)
        implements Serializable {

    /** Copies the collections. */
    public ImageDetails {
        tags = List.copyOf(tags);
        repositoryDigests = List.copyOf(repositoryDigests);
        diffIds = List.copyOf(diffIds);
        labels = Map.copyOf(labels);
    }

    /** How many layers its file system has. */
    public int layerCount() {
        return diffIds.size();
    }
}

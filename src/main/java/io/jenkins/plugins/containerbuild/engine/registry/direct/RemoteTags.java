package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.io.Serializable;
import java.util.List;

/**
 * The tags of a repository.
 *
 * @param repository the repository, as a name without tag and digest
 * @param tags its tags in the alphabet's order
 */
public record RemoteTags(ImageReference repository, List<String> tags) implements Serializable {

    /** Copies the list. */
    public RemoteTags {
        tags = List.copyOf(tags);
    }
}

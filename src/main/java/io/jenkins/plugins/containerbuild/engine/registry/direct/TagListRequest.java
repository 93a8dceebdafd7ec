package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.NamePattern;
import java.io.Serializable;

/**
 * Asks for the tags of a repository.
 *
 * @param repository the repository, as a name without tag and digest
 * @param filter which tags; null for all
 */
public record TagListRequest(ImageReference repository, NamePattern filter) implements Serializable {

    /**
     * Reads a request.
     *
     * @param filter the pattern's text; null or empty for all tags
     * @throws InvalidRequestException when the name has a tag or a digest, or the pattern is none
     */
    public static TagListRequest of(ImageReference repository, String filter) throws InvalidRequestException {
        if (repository.tag() != null || repository.digest() != null) {
            throw new InvalidRequestException(
                    "could not list the tags of " + repository.familiar(),
                    "this names one image, and not a repository",
                    "Leave out tag and digest: " + repository.repository());
        }
        try {
            return new TagListRequest(repository, filter == null || filter.isEmpty() ? null : new NamePattern(filter));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(
                    "could not list the tags of " + repository.familiar(),
                    e.getMessage(),
                    "Write for example release-* or leave the filter out",
                    e);
        }
    }
}

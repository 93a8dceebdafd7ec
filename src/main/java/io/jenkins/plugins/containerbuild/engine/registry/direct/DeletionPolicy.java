package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.NamePattern;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What must not be deleted in registries, whoever asks for it.
 *
 * @param protectedNames patterns of names with tags, such as {@code *:latest}
 */
public record DeletionPolicy(List<NamePattern> protectedNames) implements Serializable {

    /** Nothing is protected. */
    public static final DeletionPolicy NONE = new DeletionPolicy(List.of());

    /** Copies the list. */
    public DeletionPolicy {
        protectedNames = List.copyOf(protectedNames);
    }

    /**
     * Reads patterns.
     *
     * @throws IllegalArgumentException when one is none
     */
    public static DeletionPolicy of(List<String> patterns) {
        return new DeletionPolicy(patterns.stream().map(NamePattern::new).toList());
    }

    /** The pattern that protects a name with a tag. */
    Optional<NamePattern> protecting(ImageReference name) {
        return protectedNames.stream().filter(pattern -> pattern.matches(name)).findFirst();
    }
}

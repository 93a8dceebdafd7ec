package io.jenkins.plugins.containerbuild.engine.cleanup;

import java.io.Serializable;

/**
 * Something in a daemon whose time is over.
 *
 * @param kind what it is
 * @param name its name; an image's is the one that it was made under
 * @param owner the build that made it, or the job for what lives as long as a job
 */
public record Remnant(Kind kind, String name, String owner) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The kinds, in the order in which they can be removed. */
    public enum Kind {
        /** A container, running or not. */
        CONTAINER("container"),
        /** A network of containers. */
        NETWORK("network"),
        /** A volume, named or anonymous. */
        VOLUME("volume"),
        /** The empty image of a helper container. */
        HELPER_IMAGE("helper image"),
        /** An image that Docker Compose has built for a project. */
        BUILT_IMAGE("image");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /** As logs name it: {@code the container db of team/app#17}. */
    public String shown() {
        return "the " + kind.word + ' ' + name + " of " + owner;
    }
}

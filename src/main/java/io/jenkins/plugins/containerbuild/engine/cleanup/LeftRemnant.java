package io.jenkins.plugins.containerbuild.engine.cleanup;

import java.io.Serializable;

/**
 * A remnant that could not be removed.
 *
 * @param remnant what it is
 * @param reason why it is still there, as the daemon said it
 */
public record LeftRemnant(Remnant remnant, String reason) implements Serializable {

    private static final long serialVersionUID = 1L;
}

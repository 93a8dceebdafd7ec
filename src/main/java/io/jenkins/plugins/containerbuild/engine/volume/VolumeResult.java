package io.jenkins.plugins.containerbuild.engine.volume;

import java.io.Serializable;

/**
 * A volume that was asked for.
 *
 * @param volume what is known of it now
 * @param made whether it was not there before
 */
public record VolumeResult(VolumeDetails volume, boolean made) implements Serializable {

    private static final long serialVersionUID = 1L;
}

package io.jenkins.plugins.containerbuild.engine.volume;

import java.io.Serializable;

/**
 * A volume that pruning left.
 *
 * @param name its name
 * @param sizeBytes what it takes; null where that is not known
 * @param reason why it was left, in words: {@code in use by db}
 */
public record KeptVolume(String name, Long sizeBytes, String reason) implements Serializable {

    private static final long serialVersionUID = 1L;
}

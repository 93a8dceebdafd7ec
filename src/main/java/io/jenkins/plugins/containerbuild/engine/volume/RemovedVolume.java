package io.jenkins.plugins.containerbuild.engine.volume;

import java.io.Serializable;

/**
 * A volume that is there no more.
 *
 * @param name its name
 * @param sizeBytes what it took; null where that is not known
 */
public record RemovedVolume(String name, Long sizeBytes) implements Serializable {

    private static final long serialVersionUID = 1L;
}

package io.jenkins.plugins.containerbuild.engine.volume;

import java.io.Serializable;

/**
 * A container that has a volume mounted, whether it runs or not.
 *
 * @param id the container's id
 * @param name its name, without the slash that the Engine puts in front; may be empty
 * @param state {@code created}, {@code running}, {@code exited} and so on, as the daemon says it
 */
public record VolumeUser(String id, String name, String state) implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int SHORT_ID = 12;

    /** The name, or the beginning of the id where there is none. */
    public String shown() {
        return name.isEmpty() ? id.substring(0, Math.min(SHORT_ID, id.length())) : name;
    }
}

package io.jenkins.plugins.containerbuild.engine.volume;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.util.Objects;

/**
 * One end of a copy: a path in a volume, or one on the machine where the engine runs.
 *
 * @param volume the volume's name; null for a path on this machine
 * @param path in a volume: from its root on, {@code /} for all of it; here: absolute, or relative to the workspace
 */
public record CopyPlace(String volume, String path) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Checks that there is a path. */
    public CopyPlace {
        Objects.requireNonNull(path, "path");
    }

    /**
     * Reads {@code m2:/repository} (a path in the volume m2), {@code m2:} (all of it) or a path on this machine. As the
     * names of volumes have at least two characters, {@code c:\data} is a path; one that has a colon further on is written
     * as {@code ./a:b}.
     *
     * @param option the option's name, for messages
     * @param text not null
     * @throws InvalidRequestException when it is empty, or the path would leave the volume
     */
    public static CopyPlace parse(String option, String text) throws InvalidRequestException {
        if (text.isBlank()) {
            throw unusable(option, text, "it is empty");
        }
        int colon = text.indexOf(':');
        if (colon < 0 || !VolumeName.isName(text.substring(0, colon))) {
            return new CopyPlace(null, text);
        }
        String path = text.substring(colon + 1);
        try {
            return new CopyPlace(text.substring(0, colon), VolumePath.normalized(path));
        } catch (IllegalArgumentException e) {
            throw unusable(option, text, e.getMessage());
        }
    }

    private static InvalidRequestException unusable(String option, String text, String why) {
        return new InvalidRequestException(
                "could not use the option " + option + " with '" + text + "'",
                why,
                "Write a path of the workspace, or a volume and a path in it: m2:/repository");
    }

    /** Whether it is in a volume. */
    public boolean isInVolume() {
        return volume != null;
    }

    /** As it is written. */
    @Override
    public String toString() {
        return volume == null ? path : volume + ':' + path;
    }
}

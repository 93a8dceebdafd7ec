package io.jenkins.plugins.containerbuild.engine.volume;

import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which volumes are meant; all conditions have to hold.
 *
 * @param name a part of the name, as the Engine's filter has it; null for every name
 * @param labels {@code key} (has it, whatever its value) or {@code key=value}
 */
public record VolumeFilter(String name, List<String> labels) implements Serializable {

    /** Every volume of the daemon. */
    public static final VolumeFilter ALL = new VolumeFilter(null, List.of());

    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public VolumeFilter {
        labels = List.copyOf(labels);
    }

    /** Those of the same that one controller made. */
    public VolumeFilter of(String controller) {
        List<String> more = new ArrayList<>(labels);
        more.add(Ownership.CONTROLLER + '=' + controller);
        return new VolumeFilter(name, more);
    }

    /** Whether a volume is meant. */
    boolean matches(String volume, Map<String, String> volumeLabels) {
        return (name == null || volume.contains(name)) && labels.stream().allMatch(label -> has(volumeLabels, label));
    }

    private static boolean has(Map<String, String> volumeLabels, String label) {
        int equals = label.indexOf('=');
        return equals < 0
                ? volumeLabels.containsKey(label)
                : label.substring(equals + 1).equals(volumeLabels.get(label.substring(0, equals)));
    }
}

package io.jenkins.plugins.containerbuild.operation;

import io.jenkins.plugins.containerbuild.engine.volume.VolumeDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Named volumes; {@code containerVolumes} returns the list itself. */
public final class VolumeList implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final ArrayList<MadeVolume> volumes = new ArrayList<>();

    private VolumeList() {}

    static VolumeList of(List<VolumeDetails> answer) {
        VolumeList list = new VolumeList();
        answer.forEach(volume -> list.volumes.add(MadeVolume.of(volume, false)));
        return list;
    }

    @Override
    public Object value() {
        return new ArrayList<>(volumes);
    }

    @Override
    public Map<String, String> variables() {
        return Map.of();
    }
}

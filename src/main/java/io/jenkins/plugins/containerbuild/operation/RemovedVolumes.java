package io.jenkins.plugins.containerbuild.operation;

import io.jenkins.plugins.containerbuild.engine.volume.RemovedVolume;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** Volumes that are gone. */
public final class RemovedVolumes implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> names;
    private final long freedBytes;

    private RemovedVolumes(List<RemovedVolume> answer) {
        names = new ArrayList<>(answer.stream().map(RemovedVolume::name).toList());
        freedBytes = answer.stream()
                .map(RemovedVolume::sizeBytes)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }

    static RemovedVolumes of(List<RemovedVolume> answer) {
        return new RemovedVolumes(answer);
    }

    /** Their names. */
    @Whitelisted
    public List<String> getNames() {
        return Collections.unmodifiableList(names);
    }

    /** What they took, as far as that is known. */
    @Whitelisted
    public long getFreedBytes() {
        return freedBytes;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of();
    }
}

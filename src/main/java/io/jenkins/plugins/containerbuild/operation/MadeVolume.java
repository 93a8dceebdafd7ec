package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeDetails;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeUser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** A named volume; what {@code containerVolume} returns. */
public final class MadeVolume implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String driver;
    private final String mountpoint;
    private final String created;
    private final LinkedHashMap<String, String> labels;
    private final Long size;
    private final ArrayList<String> usedBy;
    private final boolean made;

    private MadeVolume(VolumeDetails volume, boolean made) {
        Instant since = volume.created();
        name = volume.name();
        driver = volume.driver();
        mountpoint = volume.mountpoint();
        created = since == null ? null : since.toString();
        labels = new LinkedHashMap<>(volume.labels());
        size = volume.sizeBytes();
        usedBy = new ArrayList<>(volume.usedBy().stream().map(VolumeUser::shown).toList());
        this.made = made;
    }

    static MadeVolume of(VolumeDetails volume, boolean made) {
        return new MadeVolume(volume, made);
    }

    /** Its name. */
    @Whitelisted
    public String getName() {
        return name;
    }

    /** Its driver. */
    @Whitelisted
    public String getDriver() {
        return driver;
    }

    /** Where its files are on the daemon's host; empty where the driver does not tell. */
    @Whitelisted
    public String getMountpoint() {
        return mountpoint;
    }

    /** When it was made, in ISO 8601, or null. */
    @CheckForNull
    @Whitelisted
    public String getCreated() {
        return created;
    }

    /** All its labels. */
    @Whitelisted
    public Map<String, String> getLabels() {
        return Collections.unmodifiableMap(labels);
    }

    /** What its files take in bytes, or null. */
    @CheckForNull
    @Whitelisted
    public Long getSize() {
        return size;
    }

    /** The names of the containers that have it mounted. */
    @Whitelisted
    public List<String> getUsedBy() {
        return Collections.unmodifiableList(usedBy);
    }

    /** Whether this call has made it. */
    @Whitelisted
    public boolean isMade() {
        return made;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of(VOLUME, name);
    }

    /** The name, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return name;
    }
}

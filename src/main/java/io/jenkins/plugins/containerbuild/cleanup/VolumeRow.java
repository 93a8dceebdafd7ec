package io.jenkins.plugins.containerbuild.cleanup;

import hudson.Util;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeDetails;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeUser;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * A volume as the page shows it. Everything but the age and the size is what labels say, which everybody can write who may use
 * the daemon.
 *
 * @param name its name
 * @param takes its size in words; empty where it is not known. Not called size: to the views that is a word of their language
 * @param age since it was made, in words; empty where that is not known
 * @param owner the build that made it, else the job; may be empty
 * @param scope how long it lives
 * @param usedBy the containers that have it mounted; empty for none
 */
public record VolumeRow(String name, String takes, String age, String owner, String scope, String usedBy) {

    static VolumeRow of(VolumeDetails volume, Clock clock) {
        Ownership ownership = volume.ownership().orElseThrow();
        Instant labelled = ownership.created();
        return new VolumeRow(
                volume.name(),
                size(volume.sizeBytes()),
                age(labelled == null ? volume.created() : labelled, clock),
                owner(ownership.maker()),
                ownership.scope().word(),
                volume.usedBy().stream().map(VolumeUser::shown).collect(Collectors.joining(", ")));
    }

    private static String size(Long bytes) {
        return bytes == null ? "" : EventText.bytes(bytes);
    }

    private static String age(Instant created, Clock clock) {
        return created == null
                ? ""
                : Util.getTimeSpanString(
                        Math.max(0, Duration.between(created, clock.instant()).toMillis()));
    }

    private static String owner(Maker maker) {
        String build = maker.build();
        return build == null ? Util.fixNull(maker.job()) : build;
    }

    /** Whether it can be removed. */
    public boolean isFree() {
        return usedBy.isEmpty();
    }
}

package io.jenkins.plugins.containerbuild;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.util.List;

/** What a test's engine has that any Jenkins made, by its labels. */
public final class OwnedThings {

    private OwnedThings() {}

    /** The names of its volumes. */
    public static List<String> volumes(TestEngine engine) {
        List<InspectVolumeResponse> all = engine.client()
                .listVolumesCmd()
                .withFilter("label", List.of(Ownership.CONTROLLER))
                .exec()
                .getVolumes();
        return all == null
                ? List.of()
                : all.stream().map(InspectVolumeResponse::getName).toList();
    }

    /** Expects that blocks and builds have removed what was theirs. */
    public static void assertNoContainersOrNetworks(TestEngine engine) {
        assertThat(engine.client()
                        .listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(List.of(Ownership.CONTROLLER))
                        .exec())
                .isEmpty();
        assertThat(engine.client()
                        .listNetworksCmd()
                        .withFilter("label", List.of(Ownership.CONTROLLER))
                        .exec())
                .isEmpty();
    }
}

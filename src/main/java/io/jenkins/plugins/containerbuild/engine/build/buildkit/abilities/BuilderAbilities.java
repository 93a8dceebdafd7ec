package io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities;

import io.jenkins.plugins.containerbuild.engine.image.Platform;
import java.util.List;

/**
 * What one BuildKit daemon can do, asked once for each build.
 *
 * @param name what people call the daemon: "Docker Engine 26.1.5 at unix:///var/run/docker.sock"
 * @param home where it keeps the images that it builds
 * @param version its BuildKit; one that has everything where nobody tells
 * @param platforms those that its commands can run on, its own first; emulated ones included
 * @param hostGateway the address by which containers reach the daemon's host; null where the daemon tells none
 */
public record BuilderAbilities(
        String name, ImageHome home, BuildKitVersion version, List<Platform> platforms, String hostGateway) {

    /** Copies the list. */
    public BuilderAbilities {
        platforms = List.copyOf(platforms);
    }

    /** Whether an image can be an index: several platforms, annotations, attestations. */
    public boolean holdsIndexes() {
        return home != ImageHome.CLASSIC;
    }

    /** Whether one build can have several results. */
    public boolean severalOutputs() {
        return version.isAtLeast(0, 13);
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities;

import io.jenkins.plugins.containerbuild.engine.image.Platform;
import java.util.List;
import java.util.Set;

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

    /** What Engine's own builder has with the classic image store, in every version. */
    private static final Set<String> CLASSIC_OUTPUTS = Set.of("local", "tar", "cacheonly");

    private static final Set<String> CLASSIC_CACHE_EXPORTS = Set.of("inline");
    private static final Set<String> CLASSIC_CACHE_IMPORTS = Set.of("registry", "local");

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

    /**
     * Whether it can write a result of this type other than to its own images: {@code local}, {@code tar}, {@code oci} ...
     */
    public boolean writes(String type) {
        return home != ImageHome.CLASSIC || CLASSIC_OUTPUTS.contains(type);
    }

    /** Whether it can write its cache to a place of this type; what only some daemons have, they say themselves. */
    public boolean writesCacheTo(String type) {
        return home != ImageHome.CLASSIC || CLASSIC_CACHE_EXPORTS.contains(type);
    }

    /** Whether it can read a cache from a place of this type; what only some daemons have, they say themselves. */
    public boolean readsCacheFrom(String type) {
        return home != ImageHome.CLASSIC || CLASSIC_CACHE_IMPORTS.contains(type);
    }
}

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
 * @param platforms those that its commands can run on, its own first; emulated ones included; empty for an Engine older than
 *     23.0, which is not asked
 * @param hostGateway the address by which containers reach the daemon's host; null where the daemon tells none
 */
public record BuilderAbilities(
        String name, ImageHome home, BuildKitVersion version, List<Platform> platforms, String hostGateway) {

    /** What an Engine's own builder has with the classic image store, in every version. */
    private static final Set<String> CLASSIC_CACHE_TARGETS = Set.of("inline");

    private static final Set<String> CLASSIC_CACHE_SOURCES = Set.of("registry", "local");

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

    /** Whether its Dockerfile frontend can be told which session has a directory's files; others disregard it. */
    public boolean takesFilesFromOtherSession() {
        return version.isAtLeast(0, 16) && !version.equals(BuildKitVersion.UNKNOWN);
    }

    /** Whether it can leave its cache in a place of this type; a type that only some daemons have, they refuse themselves. */
    public boolean writesCacheTo(String type) {
        return home != ImageHome.CLASSIC || CLASSIC_CACHE_TARGETS.contains(type);
    }

    /** Whether it can take its cache from a place of this type; as with {@link #writesCacheTo}. */
    public boolean readsCacheFrom(String type) {
        return home != ImageHome.CLASSIC || CLASSIC_CACHE_SOURCES.contains(type);
    }
}

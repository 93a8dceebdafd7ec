package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.BuilderAbilities;

/**
 * What a BuildKit daemon can do with a result.
 *
 * @param name what people call the daemon: "Docker Engine 26.1.5 at unix:///var/run/docker.sock"
 * @param home where it keeps images
 * @param severalOutputs whether one build can have several results: BuildKit 0.13 and newer
 */
public record ExportAbilities(String name, ImageHome home, boolean severalOutputs) {

    /** What matters of all that is known of a daemon. */
    public static ExportAbilities of(BuilderAbilities daemon) {
        return new ExportAbilities(
                daemon.name(), ImageHome.valueOf(daemon.home().name()), daemon.severalOutputs());
    }
}

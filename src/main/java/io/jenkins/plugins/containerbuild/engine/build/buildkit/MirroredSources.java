package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.PolicyAction;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Rule;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Selector;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SourcePolicy;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Update;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.util.Comparator;
import java.util.List;

/**
 * Has base images, and frontends, come from the mirrors of their registries' entries, by a source policy (BuildKit's
 * documentation, "Build reproducibility", since 0.11; older daemons take no notice of it). Not for a daemon inside of a Docker
 * Engine, which has images of its own under such names.
 *
 * @param entries those with mirrors
 */
record MirroredSources(List<RegistryEntry> entries) implements SolvePart {

    static final MirroredSources NONE = new MirroredSources(List.of());

    private static final String IMAGE = "docker-image://";

    static MirroredSources of(Registries registries) {
        return new MirroredSources(registries.entries().stream()
                .filter(entry -> entry.mirror() != null)
                .sorted(Comparator.comparingInt((RegistryEntry entry) ->
                                entry.domainWithPrefix().length())
                        .reversed())
                .toList());
    }

    /**
     * Whether a build failed for what one of the mirrors said, or for its silence. Neither a command that failed nor a push that
     * was refused is its fault, even where it names the same host.
     */
    boolean areBlamedBy(EngineException failure) {
        return failure instanceof BuildFailedException build
                && build.exitCode() == null
                && entries.stream()
                        .anyMatch(entry -> build.why().contains(entry.mirror().host() + '/'));
    }

    @Override
    public void addTo(SolveRequest.Builder solve) {
        if (entries.isEmpty()) {
            return;
        }
        SourcePolicy.Builder policy = SourcePolicy.newBuilder().setVersion(1);
        for (RegistryEntry entry : entries) {
            String path = entry.prefix() == null ? "/" : '/' + entry.prefix() + '/';
            policy.addRules(Rule.newBuilder()
                    .setAction(PolicyAction.CONVERT)
                    .setSelector(Selector.newBuilder()
                            .setIdentifier(IMAGE + entry.address().host() + path + '*'))
                    .setUpdates(Update.newBuilder()
                            .setIdentifier(IMAGE + entry.mirror().host() + path + "${1}")));
        }
        solve.setSourcePolicy(policy);
    }
}

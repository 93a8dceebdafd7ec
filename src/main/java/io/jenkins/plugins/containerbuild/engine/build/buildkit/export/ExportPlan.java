package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.BuilderAbilities;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.ImageHome;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAccess;
import java.util.List;

/**
 * Which exporters a build has, decided by what was asked for and by what the daemon can do. An image goes among the
 * daemon's images when {@code load} says so; without a word from the user it goes there unless it goes elsewhere: into
 * outputs, or to a registry from a daemon that pushes without keeping it. What is pushed from here without being among the
 * daemon's images comes here as an archive.
 *
 * @param exports the exporters, those of images last: the daemon's answer has the digest of the last one
 * @param inDaemon whether the image is among the images of the Docker Engine afterwards
 * @param pushed the names that BuildKit pushes; a name without a tag is pushed by its digest alone
 * @param notes what the user should know of the decision
 */
public record ExportPlan(
        List<PlannedExport> exports, boolean inDaemon, List<ImageReference> pushed, List<String> notes) {

    private static final ExportPlan NOTHING = new ExportPlan(List.of(), false, List.of(), List.of());

    /** Copies the lists. */
    public ExportPlan {
        exports = List.copyOf(exports);
        pushed = List.copyOf(pushed);
        notes = List.copyOf(notes);
    }

    /**
     * Decides.
     *
     * @param via who pushes
     * @param registries knows which registries have no TLS, and which of them want different logins
     * @throws InvalidRequestException when the daemon cannot do what is asked for; says what can
     */
    public static ExportPlan of(BuildRequest request, PushVia via, BuilderAbilities daemon, RegistryAccess registries)
            throws InvalidRequestException {
        if (request.call() != Call.BUILD) {
            return NOTHING;
        }
        OutputRules rules = new OutputRules(request, daemon);
        rules.check();
        ExportPlan plan = daemon.home() == ImageHome.CLASSIC
                ? new ClassicStoreExports(request, rules).plan()
                : new ImageExports(request, via, daemon.home(), rules, registries).plan();
        rules.checkCount(plan.exports());
        return plan;
    }
}

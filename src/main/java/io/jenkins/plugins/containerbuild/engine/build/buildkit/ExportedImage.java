package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.grpc.Channel;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuiltImage;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.BuiltIndex;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ExportAnswer;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ExportPlan;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.IndexReader;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.progress.BuildProgress;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DirectWork;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells what came out of a build by what its exporters answered.
 *
 * @param plan what was exported
 * @param answer what the exporters answered
 * @param failure says what is wrong with an answer
 * @param registries where it was pushed to
 */
record ExportedImage(ExportPlan plan, ExportAnswer answer, SolveFailure failure, DirectWork registries) {

    /**
     * Looks up what the answer does not say.
     *
     * @param host finds the image in the Engine
     * @param channel to the daemon
     * @param outputs what was written
     * @param past what was pushed from here
     * @throws EngineException when the daemon does not say what it made
     * @throws InterruptedException when the thread was interrupted
     */
    BuiltImage described(
            Host host,
            Channel channel,
            BuildProgress progress,
            List<String> outputs,
            List<PushedReference> past,
            EngineListener listener)
            throws EngineException, InterruptedException {
        Digest imageId = plan.inDaemon() ? host.imageId(answer, failure) : null;
        Digest digest = past.isEmpty() ? answer.digest() : past.get(0).digest();
        List<PushedReference> pushed = new ArrayList<>(past);
        for (ImageReference name : plan.pushed()) {
            if (digest == null) {
                throw failure.ofMissingId();
            }
            listener.on(new EngineEvent.Pushed(name.familiar(), digest.toString()));
            pushed.add(new PushedReference(name, digest));
        }
        ImageReference name = pushed.isEmpty() ? null : pushed.get(0).reference();
        BuiltIndex index = digest != null && answer.isIndex()
                ? new IndexReader(channel, registries, listener).read(digest, name, plan.inDaemon())
                : BuiltIndex.NONE;
        return new BuiltImage(
                imageId,
                digest,
                index.platforms(),
                index.attestations(),
                pushed,
                progress.steps(),
                progress.warnings(),
                outputs);
    }
}

package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.PushOutcomes;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.Blob;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Objects;

/**
 * The end of a push, once the layers have gone out: what the names need to lead somewhere, then the names.
 *
 * @param content the image
 * @param source who had it, for messages
 */
record PushEnd(ImageContent content, String source) {

    /** Pushes the rest everywhere. */
    void at(List<PushTarget> targets, Uploads uploads, PushOutcomes outcomes)
            throws EngineException, InterruptedException {
        uploads.toEach(this::complete);
        for (PushTarget target : targets) {
            name(target, outcomes);
        }
    }

    /** Nothing could be pushed any more, wherever nothing else had gone wrong before. */
    static void failed(List<PushTarget> targets, EngineException failure, PushOutcomes outcomes) {
        for (PushTarget target : targets) {
            target.names()
                    .forEach(name -> outcomes.failed(name, Objects.requireNonNullElse(target.failure(), failure)));
        }
    }

    private void complete(PushTarget target) throws EngineException, InterruptedException {
        if (target.isNamed(target.names().get(0), content.root())) {
            return;
        }
        for (Blob blob : content.blobs()) {
            byte[] bytes = content.small().get(blob.digest());
            if (bytes != null) {
                target.send(blob, () -> new ByteArrayInputStream(bytes), sent -> {});
            } else if (!target.has(blob, List.of())) {
                throw new RegistryException(
                        "could not push " + target.names().get(0).familiar(),
                        "the " + source + " has not got " + blob.digest() + ", which the image "
                                + content.root().digest() + " needs",
                        "If the image is for several platforms, pull all of them, or push it by the daemon",
                        null);
            }
        }
        for (Manifest manifest : content.manifests()) {
            if (manifest != content.root()) {
                target.put(manifest);
            }
        }
    }

    private void name(PushTarget target, PushOutcomes outcomes) throws InterruptedException {
        for (var name : target.names()) {
            target.attempt(() -> outcomes.pushed(target.name(name, content.root())));
            if (target.failure() != null) {
                outcomes.failed(name, target.failure());
            }
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.ImageHome;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ExportAnswer;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;

/**
 * Finds the image's id in the exporter's answer. An Engine knows an image by its configuration, and with a containerd
 * image store by its manifest or index; there it is asked whether it knows the one that the answer tells of.
 */
final class BuiltImageId {

    private final ImageStore images;

    BuiltImageId(ImageStore images) {
        this.images = images;
    }

    Digest in(ExportAnswer answer, SolveFailure failure) throws EngineException, InterruptedException {
        Digest told = answer.home() == ImageHome.CLASSIC ? answer.configuration() : answer.digest();
        if (told == null) {
            throw failure.ofMissingId();
        }
        return answer.home() == ImageHome.CLASSIC
                ? told
                : images.inspect(ImageSelector.ofId(told)).imageId();
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds the image's id in the exporter's answer. Engine 20.10 calls the id {@code containerimage.digest}; newer ones call
 * it {@code containerimage.config.digest}, and with a containerd image store the Engine knows the image by its manifest.
 * So the Engine is asked which one it knows.
 */
final class BuiltImageId {

    private static final List<String> KEYS = List.of("containerimage.config.digest", "containerimage.digest");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final ImageStore images;

    BuiltImageId(ImageStore images) {
        this.images = images;
    }

    Digest in(Map<String, String> answer, SolveFailure failure) throws EngineException, InterruptedException {
        List<EngineException> misses = new ArrayList<>();
        for (String key : KEYS) {
            String text = answer.getOrDefault(key, "");
            if (DIGEST.matcher(text).matches()) {
                try {
                    return images.inspect(ImageSelector.ofId(Digest.parse(text)))
                            .imageId();
                } catch (EngineException e) {
                    misses.add(e);
                }
            }
        }
        throw misses.isEmpty() ? failure.ofMissingId() : misses.get(0);
    }
}

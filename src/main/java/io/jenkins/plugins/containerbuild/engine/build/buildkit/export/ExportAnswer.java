package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.ImageHome;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What exporters answer. Not every digest there is what its name says: an Engine with its classic store gives the id of
 * the image's configuration as {@code containerimage.digest}.
 *
 * @param values as the daemon sent them
 * @param home where the daemon keeps images
 */
public record ExportAnswer(Map<String, String> values, ImageHome home) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /** The digest of the manifest or index; null where the daemon made none. */
    public Digest digest() {
        return home == ImageHome.CLASSIC ? null : digest("containerimage.digest");
    }

    /** The digest of the image's configuration; null where there are several or the daemon does not tell. */
    public Digest configuration() {
        Digest named = digest("containerimage.config.digest");
        return named == null && home == ImageHome.CLASSIC ? digest("containerimage.digest") : named;
    }

    private Digest digest(String key) {
        String text = values.getOrDefault(key, "");
        return DIGEST.matcher(text).matches() ? Digest.parse(text) : null;
    }

    /** Whether the digest is an index's. */
    public boolean isIndex() {
        String descriptor = values.getOrDefault("containerimage.descriptor", "");
        try {
            String type = JSON.readTree(Base64.getDecoder().decode(descriptor))
                    .path("mediaType")
                    .asText("");
            return type.endsWith("image.index.v1+json") || type.endsWith("manifest.list.v2+json");
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where a build's result goes, written as for {@code docker buildx build --output}: {@code type=local,dest=out}, or a
 * directory alone.
 *
 * @param type {@code local} (files in a directory), {@code tar} (the same as an archive), {@code oci} and {@code docker}
 *     (the image as an archive), {@code image} (in the builder's own store), {@code registry} (an image that is pushed),
 *     {@code cacheonly} (nowhere); not null
 * @param dest the file or directory on the machine where the engine runs; null for types without one
 * @param attributes everything else that was given; not null
 */
public record BuildOutput(String type, String dest, Map<String, String> attributes) implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Set<String> WITH_DEST = Set.of("local", "tar", "oci");
    private static final Set<String> WITHOUT_DEST = Set.of("image", "registry", "cacheonly");
    private static final Set<String> TYPES = Set.of("local", "tar", "oci", "docker", "image", "registry", "cacheonly");

    /** Copies the map. */
    public BuildOutput {
        Objects.requireNonNull(type, "type");
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** @throws InvalidRequestException when the text cannot be read, its type is unknown, or a dest is missing or too much */
    public static BuildOutput parse(String text) throws InvalidRequestException {
        String trimmed = text.trim();
        if (!trimmed.isEmpty() && !trimmed.contains("=") && !trimmed.contains(",")) {
            return new BuildOutput("local", trimmed, Map.of());
        }
        Map<String, String> fields = new LinkedHashMap<>(OptionFields.parse("outputs", trimmed));
        String type = fields.remove("type");
        String dest = fields.remove("dest");
        if (type == null || !TYPES.contains(type)) {
            throw unusable(text, type == null ? "it has no type" : "there is no type '" + type + "'");
        }
        if (WITH_DEST.contains(type) && (dest == null || dest.isEmpty())) {
            throw unusable(text, "the type " + type + " needs a dest");
        }
        if (WITHOUT_DEST.contains(type) && dest != null) {
            throw unusable(text, "the type " + type + " writes no file, so it has no dest");
        }
        return new BuildOutput(type, dest == null || dest.isEmpty() ? null : dest, fields);
    }

    private static InvalidRequestException unusable(String text, String why) {
        return new InvalidRequestException(
                "could not use the option outputs with '" + text + "'",
                why,
                "Write for example type=local,dest=out or type=oci,dest=image.tar");
    }

    /** The same output with another dest. */
    public BuildOutput withDest(String value) {
        return new BuildOutput(type, value, attributes);
    }
}

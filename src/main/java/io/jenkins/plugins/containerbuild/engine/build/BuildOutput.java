package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.InvalidReferenceException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
    private static final Set<String> ON = Set.of("", "1", "t", "T", "true", "TRUE", "True");
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

    /** Whether it is written where the engine runs. */
    public boolean isFile() {
        return WITH_DEST.contains(type) || type.equals("docker") && dest != null;
    }

    /** Whether it puts the image among the images of a Docker Engine. */
    public boolean isLoad() {
        return type.equals("docker") && dest == null;
    }

    /** Whether it is an image that some daemon or registry keeps. */
    public boolean isImage() {
        return isLoad() || type.equals("image") || type.equals("registry");
    }

    /** Whether the image is pushed. */
    public boolean pushes() {
        return type.equals("registry") || type.equals("image") && isOn(attributes.get("push"));
    }

    /** Whether it is pushed without a tag, to be found by its digest alone. */
    public boolean pushesByDigest() {
        return pushes() && isOn(attributes.get("push-by-digest"));
    }

    /** Whether an attribute is given and not false, as BuildKit reads it. */
    public static boolean isOn(String value) {
        return value != null && ON.contains(value);
    }

    /**
     * The names that it gives the image, instead of the build's tags.
     *
     * @return empty where it names none
     * @throws InvalidRequestException when one is no name
     */
    public List<ImageReference> names() throws InvalidRequestException {
        String names = attributes.getOrDefault("name", "");
        List<ImageReference> references = new ArrayList<>();
        for (String name : names.isEmpty() ? new String[0] : names.split(",")) {
            try {
                references.add(ImageReference.parse(name.trim()));
            } catch (InvalidReferenceException e) {
                throw new InvalidRequestException(
                        "could not use the option outputs with name=" + names,
                        e.getMessage(),
                        "Names look like registry.example:5000/team/app:1.0",
                        e);
            }
        }
        return references;
    }

    /** The same output with another dest. */
    public BuildOutput withDest(String value) {
        return new BuildOutput(type, value, attributes);
    }
}

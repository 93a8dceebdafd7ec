package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A place where a build's cache comes from or goes to, written as for {@code docker buildx build --cache-from} and
 * {@code --cache-to}: {@code type=registry,ref=registry.example/team/app:cache}, {@code type=inline},
 * {@code type=local,src=/cache}, or an image's name alone. One attribute is our own: in a registry, {@code branch=NAME}
 * makes the tag out of a branch's name, so that each branch has a cache of its own.
 *
 * @param type {@code registry}, {@code inline}, {@code local} or another one that the daemon knows; not null
 * @param attributes what belongs to it, without the type; not null
 */
public record CacheOption(String type, Map<String, String> attributes) implements Serializable {

    /** The type of a cache in a registry. */
    public static final String REGISTRY = "registry";

    private static final long serialVersionUID = 1L;
    private static final String REFERENCE = "ref";
    private static final String BRANCH = "branch";

    /** Copies the map. */
    public CacheOption {
        Objects.requireNonNull(type, "type");
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** A cache in a registry. */
    public static CacheOption registry(String reference) {
        return new CacheOption(REGISTRY, Map.of(REFERENCE, reference));
    }

    /**
     * Reads one.
     *
     * @param option {@code cacheFrom} or {@code cacheTo}, for messages
     * @throws InvalidRequestException when the text cannot be read, has fields but no type, or is a cache in a registry
     *     without its name
     */
    public static CacheOption parse(String option, String text) throws InvalidRequestException {
        String trimmed = text.trim();
        if (!trimmed.isEmpty() && !trimmed.contains("=") && !trimmed.contains(",")) {
            return registry(trimmed);
        }
        Map<String, String> fields = new LinkedHashMap<>(OptionFields.parse(option, trimmed));
        String type = fields.remove("type");
        if (type == null || type.isEmpty()) {
            throw unusable(option, text, "it has no type");
        }
        if (type.equals(REGISTRY) && fields.getOrDefault(REFERENCE, "").isEmpty()) {
            throw unusable(option, text, "the type registry needs a ref");
        }
        String branch = type.equals(REGISTRY) ? fields.remove(BRANCH) : null;
        if (branch != null) {
            fields.put(REFERENCE, ofBranch(option, text, fields.get(REFERENCE), branch));
        }
        return new CacheOption(type, fields);
    }

    private static String ofBranch(String option, String text, String repository, String branch)
            throws InvalidRequestException {
        if (branch.isEmpty()) {
            throw unusable(option, text, "the branch is empty");
        }
        if (repository.indexOf(':', repository.lastIndexOf('/') + 1) >= 0 || repository.indexOf('@') >= 0) {
            throw unusable(option, text, "with a branch, the ref has no tag: the branch makes it");
        }
        return repository + ':' + BranchTag.of(branch);
    }

    private static InvalidRequestException unusable(String option, String text, String why) {
        return new InvalidRequestException(
                "could not use the option " + option + " with '" + text + "'",
                why,
                "Write for example type=registry,ref=registry.example/team/app:cache");
    }

    /** The image's name of a cache in a registry; null when it has none or is of another type. */
    public String reference() {
        return type.equals(REGISTRY) ? attributes.get(REFERENCE) : null;
    }

    /** The same cache under another name of its image; only for one in a registry. */
    public CacheOption withReference(String value) {
        Map<String, String> changed = new LinkedHashMap<>(attributes);
        changed.put(REFERENCE, value);
        return new CacheOption(type, changed);
    }
}

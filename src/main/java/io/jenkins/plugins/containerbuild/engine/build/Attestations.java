package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads which attestations an image is to get, written as for {@code docker buildx build}. */
public final class Attestations {

    /** How an image was built. */
    public static final String PROVENANCE = "provenance";

    /** What is inside of an image. */
    public static final String SBOM = "sbom";

    private static final Set<String> TYPES = Set.of(PROVENANCE, SBOM);
    private static final Set<String> YES = Set.of("true", "1", "t");
    private static final Set<String> NO = Set.of("false", "0", "f");

    private Attestations() {}

    /**
     * Reads the three options together. Where one type is meant twice, the short form wins over the list and the later
     * entry of the list over the earlier.
     *
     * @param attests texts such as {@code type=sbom,generator=registry.example/scanner:1}
     * @param provenance {@code true}, {@code false} or attributes such as {@code mode=max}; null to leave it to attests
     * @param sbom {@code true}, {@code false} or attributes such as {@code generator=...}; null to leave it to attests
     * @return as {@link BuildRequest#attests()}; without those that are not wanted
     * @throws InvalidRequestException when a text cannot be read or its type is unknown
     */
    public static Map<String, String> read(List<String> attests, String provenance, String sbom)
            throws InvalidRequestException {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String text : attests) {
            add("attests", text, OptionFields.parse("attests", text.trim()), wanted);
        }
        addShort(PROVENANCE, provenance, wanted);
        addShort(SBOM, sbom, wanted);
        return wanted;
    }

    private static void addShort(String type, String text, Map<String, String> wanted) throws InvalidRequestException {
        if (text == null || text.isBlank()) {
            return;
        }
        String value = text.trim();
        Map<String, String> fields = new LinkedHashMap<>();
        if (NO.contains(value)) {
            fields.put("disabled", "true");
        } else if (!YES.contains(value)) {
            fields.putAll(OptionFields.parse(type, value));
        }
        fields.put("type", type);
        add(type, text, fields, wanted);
    }

    private static void add(String option, String text, Map<String, String> fields, Map<String, String> wanted)
            throws InvalidRequestException {
        Map<String, String> attributes = new LinkedHashMap<>(fields);
        String type = attributes.remove("type");
        String disabled = attributes.remove("disabled");
        if (type == null || !TYPES.contains(type)) {
            throw unusable(option, text, type == null ? "it has no type" : "there is no type '" + type + "'");
        }
        if (disabled != null && !YES.contains(disabled) && !NO.contains(disabled)) {
            throw unusable(option, text, "'disabled' is neither true nor false");
        }
        wanted.remove(type);
        if (disabled == null || NO.contains(disabled)) {
            wanted.put(type, OptionFields.write(attributes));
        }
    }

    private static InvalidRequestException unusable(String option, String text, String why) {
        return new InvalidRequestException(
                "could not use the option " + option + " with '" + text + "'",
                why,
                "Write for example type=provenance,mode=max or type=sbom");
    }
}

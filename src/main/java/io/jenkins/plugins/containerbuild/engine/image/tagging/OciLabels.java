package io.jenkins.plugins.containerbuild.engine.image.tagging;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The annotations of the OCI's image specification that a build's facts tell; what is not known is left out. */
final class OciLabels {

    private static final String PREFIX = "org.opencontainers.image.";
    private static final DateTimeFormatter CREATED = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final BuildFacts facts;
    private final String version;

    OciLabels(BuildFacts facts, String version) {
        this.facts = facts;
        this.version = version;
    }

    /** By name, in the names' order. */
    Map<String, String> all() {
        Optional<RepositoryAddress> repository = RepositoryAddress.of(facts.repository());
        Map<String, String> labels = new TreeMap<>();
        put(labels, "created", CREATED.format(facts.started()));
        put(labels, "revision", facts.commit());
        put(labels, "version", version);
        put(labels, "title", repository.map(RepositoryAddress::title).orElse(null));
        put(labels, "source", repository.map(RepositoryAddress::url).orElse(null));
        put(labels, "url", repository.flatMap(RepositoryAddress::page).orElse(null));
        return labels;
    }

    private static void put(Map<String, String> labels, String name, String value) {
        if (value != null) {
            labels.put(PREFIX + name, value);
        }
    }
}

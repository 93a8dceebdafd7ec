package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One exporter of a build.
 *
 * @param type the exporter's name, as the daemon knows it
 * @param attributes what it is told
 * @param output the output whose stream comes back, or null where none comes
 * @param past the names that what comes back is pushed under from here; empty where it is not
 */
record PlannedExport(String type, Map<String, String> attributes, BuildOutput output, List<ImageReference> past) {

    /** Copies the collections. */
    PlannedExport {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        past = List.copyOf(past);
    }

    /** One that is pushed by the builder, if at all. */
    PlannedExport(String type, Map<String, String> attributes, BuildOutput output) {
        this(type, attributes, output, List.of());
    }

    /** The same, told something else. */
    PlannedExport withAttributes(Map<String, String> others) {
        return new PlannedExport(type, others, output, past);
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One exporter of a build.
 *
 * @param type the exporter's name, as the daemon knows it
 * @param attributes what it is told
 * @param output the output whose stream comes back, or null where none comes
 */
record PlannedExport(String type, Map<String, String> attributes, BuildOutput output) {

    /** Copies the map. */
    PlannedExport {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
}

package io.jenkins.plugins.containerbuild.engine.compose;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * A project that is to end.
 *
 * @param project its name; not null
 * @param controller whose it has to be; not null
 * @param keepVolumes whether its named volumes stay
 * @param environment variables by which Docker Compose is found
 */
public record DownRequest(String project, String controller, boolean keepVolumes, Map<String, String> environment)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the map, refuses null. */
    public DownRequest {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(controller, "controller");
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** Without the values of variables: there may be secrets among them. */
    @Override
    public String toString() {
        return "DownRequest[project=" + project + ", keepVolumes=" + keepVolumes + ", variables="
                + new TreeSet<>(environment.keySet()) + "]";
    }
}

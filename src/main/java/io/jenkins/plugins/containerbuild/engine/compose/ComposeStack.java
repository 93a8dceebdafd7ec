package io.jenkins.plugins.containerbuild.engine.compose;

import java.io.Serializable;
import java.util.List;

/**
 * A project that is up.
 *
 * @param project its name
 * @param composeVersion the version of the Docker Compose that brought it up
 * @param host where its published ports are reached from here
 * @param services its containers, by the names of their services
 */
public record ComposeStack(String project, String composeVersion, String host, List<ComposeService> services)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public ComposeStack {
        services = List.copyOf(services);
    }
}

package io.jenkins.plugins.containerbuild.engine.compose;

import io.jenkins.plugins.containerbuild.engine.container.ContainerDetails;
import java.io.Serializable;

/**
 * A container of a project.
 *
 * @param service the service's name
 * @param number which of the service's containers, counted from 1
 * @param container what the daemon knows of it
 */
public record ComposeService(String service, int number, ContainerDetails container) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** As messages and files name it: {@code db}, and {@code db-2} for a further one. */
    public String shown() {
        return number == 1 ? service : service + "-" + number;
    }
}

package io.jenkins.plugins.containerbuild.engine.endpoint;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Says which daemon to use: an explicit address, or the environment to find one by.
 *
 * @param uri the address ({@code unix:///var/run/docker.sock}, {@code tcp://host:2376}, {@code npipe:////./pipe/...}),
 *     or null to look it up in the environment
 * @param tls certificates for an explicit {@code tcp} address, or null for those of the environment, if any
 * @param environment the build's environment: DOCKER_HOST, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH, DOCKER_CONTEXT,
 *     DOCKER_CONFIG, XDG_RUNTIME_DIR and HOME are read, as the docker CLI does; so is DOCKER_BUILDKIT, when building
 */
public record EndpointRequest(String uri, TlsMaterial tls, Map<String, String> environment) {

    /** Copies the environment. */
    public EndpointRequest {
        environment = Map.copyOf(Objects.requireNonNull(environment, "environment"));
    }

    /** Whatever the environment says, or the usual sockets. */
    public static EndpointRequest fromEnvironment(Map<String, String> environment) {
        return new EndpointRequest(null, null, environment);
    }

    /** Without the values of variables: there may be secrets among them. */
    @Override
    public String toString() {
        return "EndpointRequest[uri=" + uri + ", variables=" + new TreeSet<>(environment.keySet()) + "]";
    }

    /** The value of a variable, or null when it is absent or blank. */
    String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** The folder of the docker command's settings; need not exist. */
    public Path configuration() {
        String directory = variable("DOCKER_CONFIG");
        String home = variable("HOME");
        return directory != null
                ? Path.of(directory)
                : Path.of(home == null ? System.getProperty("user.home") : home, ".docker");
    }
}

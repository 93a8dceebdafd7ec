package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.github.dockerjava.core.RemoteApiVersion;
import java.io.Serializable;

/**
 * What is known of a daemon once it has answered.
 *
 * @param uri its address
 * @param source how it was found: "given", "DOCKER_HOST", "found at ..."
 * @param product "Docker Engine", "Podman Engine", as it calls itself
 * @param version the product's version
 * @param apiVersion the API version that both sides agreed on
 * @param serverApiVersion the newest API version it speaks
 * @param serverMinApiVersion the oldest API version it speaks; equal to the newest when it does not tell
 * @param os the operating system of its containers, such as {@code linux}
 * @param architecture its processor architecture in Go's spelling, such as {@code amd64}
 */
public record EngineInfo(
        String uri,
        String source,
        String product,
        String version,
        String apiVersion,
        String serverApiVersion,
        String serverMinApiVersion,
        String os,
        String architecture)
        implements Serializable {

    /** Whether this is podman's Docker-compatible service. */
    public boolean isPodman() {
        return product.startsWith("Podman");
    }

    /**
     * Whether the daemon speaks a version of the API.
     *
     * @param version such as {@code 1.45}
     */
    public boolean speaks(String version) {
        RemoteApiVersion asked = RemoteApiVersion.parseConfig(version);
        return RemoteApiVersion.parseConfig(serverApiVersion).isGreaterOrEqual(asked);
    }
}

package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.InvalidReferenceException;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/**
 * A registry's host and optional port, as it stands in front of an image name. Docker Hub is {@code docker.io}, whatever
 * alias it was given by.
 */
public final class RegistryAddress implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final String DOCKER_HUB = "docker.io";

    private final String host;

    private RegistryAddress(String host) {
        this.host = host;
    }

    /**
     * Reads {@code host}, {@code host:port} or {@code [ipv6]:port}. A scheme in front, a slash behind and Docker Hub's
     * {@code /v1/} are understood and dropped, since people paste URLs.
     *
     * @throws InvalidRequestException when the text is no host with an optional port
     */
    public static RegistryAddress parse(String text) throws InvalidRequestException {
        String host = withoutScheme(text.trim().toLowerCase(Locale.ROOT));
        host = host.replaceFirst("/(v[12]/?)?$", "");
        if (isHubAlias(host)) {
            return new RegistryAddress(DOCKER_HUB);
        }
        try {
            // The grammar of references knows what a host is; a dotless name without a port would be read as a path.
            if (!host.isEmpty()
                    && ImageReference.parse(host + "/x", null).domain().equals(host)) {
                return new RegistryAddress(host);
            }
            if (isSingleLabel(host)) {
                throw unusable(
                        text,
                        "a name without a dot or a port would be read as a part of the image's path",
                        "Add the port, for example " + host + ":5000, or the full host name");
            }
        } catch (InvalidReferenceException e) {
            throw unusable(text, e.reason(), "Give only the host and, where it is not the default, the port");
        }
        throw unusable(text, "it is not a host with an optional port", "Write for example registry.example:5000");
    }

    /** The address in a reference. */
    public static RegistryAddress of(ImageReference reference) {
        return new RegistryAddress(isHubAlias(reference.domain()) ? DOCKER_HUB : reference.domain());
    }

    private static String withoutScheme(String text) {
        int scheme = text.indexOf("://");
        return scheme < 0 ? text : text.substring(scheme + 3);
    }

    private static boolean isHubAlias(String host) {
        return host.equals(DOCKER_HUB) || host.equals("index.docker.io") || host.equals("registry-1.docker.io");
    }

    private static boolean isSingleLabel(String host) {
        return host.matches("[a-z0-9-]+");
    }

    private static InvalidRequestException unusable(String text, String why, String advice) {
        String shown = text.length() > 100 ? text.substring(0, 100) + "..." : text;
        return new InvalidRequestException("could not read the registry address '" + shown + "'", why, advice);
    }

    /** Host and port, as in front of an image name. */
    public String host() {
        return host;
    }

    /** Whether this is Docker Hub. */
    public boolean isDockerHub() {
        return host.equals(DOCKER_HUB);
    }

    /** Host and port that serve the registry's API. Docker Hub's differs from its name. */
    public String apiHost() {
        return isDockerHub() ? "registry-1.docker.io" : host;
    }

    /** The key of this registry in the Engine's authentication headers. Docker Hub's is a URL for historical reasons. */
    public String authKey() {
        return isDockerHub() ? "https://index.docker.io/v1/" : host;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegistryAddress address && address.host.equals(host);
    }

    @Override
    public int hashCode() {
        return Objects.hash(host);
    }

    @Override
    public String toString() {
        return host;
    }
}

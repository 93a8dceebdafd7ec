package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Which container is to run.
 *
 * @param name its name; null for one that is made up
 * @param image what it is made from; not null
 * @param process what runs in it; not null
 * @param networking how others reach it; not null
 * @param files what is mounted into it; not null
 * @param limits how much it may use; not null
 * @param rights what it may do on the host; not null
 * @param health replaces the image's health check; null to keep that
 * @param labels labels beside those that say whose it is
 * @param maker who asks; not null
 * @param scope how long it may stay; not null
 */
public record ContainerRequest(
        String name,
        ContainerImage image,
        ContainerProcess process,
        ContainerNetworking networking,
        ContainerFiles files,
        ContainerLimits limits,
        ContainerRights rights,
        HealthOptions health,
        Map<String, String> labels,
        Maker maker,
        Scope scope)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** As the Engine has it. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{1,127}");

    /** Copies the map. */
    public ContainerRequest {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(process, "process");
        Objects.requireNonNull(networking, "networking");
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(rights, "rights");
        Objects.requireNonNull(maker, "maker");
        Objects.requireNonNull(scope, "scope");
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /**
     * A container as its image has it, that ends with its build.
     *
     * @param image not null
     * @param maker not null
     */
    public static ContainerRequest of(ContainerImage image, Maker maker) {
        return new ContainerRequest(
                null,
                image,
                ContainerProcess.OF_IMAGE,
                ContainerNetworking.DEFAULT,
                ContainerFiles.NONE,
                ContainerLimits.NONE,
                ContainerRights.NONE,
                null,
                Map.of(),
                maker,
                Scope.BUILD);
    }

    /**
     * Refuses a name, alias or label that the daemon would refuse or pass over, or that would say whose the container is.
     *
     * @throws InvalidRequestException in one sentence for the user
     */
    public void check() throws InvalidRequestException {
        if (name != null && !NAME.matcher(name).matches()) {
            throw new InvalidRequestException(
                    "could not use '" + name + "' as a container's name",
                    "it is not made of letters, digits, dots, hyphens and underscores, two to 128, the first one a letter"
                            + " or digit",
                    "Give a name such as db, or none");
        }
        if (networking.networks().isEmpty() && !networking.aliases().isEmpty()) {
            throw new InvalidRequestException(
                    "could not give a container of the image " + image.image() + " the aliases "
                            + String.join(", ", networking.aliases()),
                    "it is in no network but the daemon's default one, where containers have no names",
                    "Put it into withContainerNetwork { }, or give networks");
        }
        Ownership.checkLabels(labels);
    }

    /** The same with another process. */
    public ContainerRequest withProcess(ContainerProcess other) {
        return new ContainerRequest(
                name, image, other, networking, files, limits, rights, health, labels, maker, scope);
    }

    /** The same with another network setting. */
    public ContainerRequest withNetworking(ContainerNetworking other) {
        return new ContainerRequest(name, image, process, other, files, limits, rights, health, labels, maker, scope);
    }

    /** The same with other mounts. */
    public ContainerRequest withFiles(ContainerFiles other) {
        return new ContainerRequest(
                name, image, process, networking, other, limits, rights, health, labels, maker, scope);
    }

    /** The same with another name. */
    public ContainerRequest withName(String other) {
        return new ContainerRequest(
                other, image, process, networking, files, limits, rights, health, labels, maker, scope);
    }

    /** The same with another health check. */
    public ContainerRequest withHealth(HealthOptions other) {
        return new ContainerRequest(
                name, image, process, networking, files, limits, rights, other, labels, maker, scope);
    }
}

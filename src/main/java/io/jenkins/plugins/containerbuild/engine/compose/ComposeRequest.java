package io.jenkins.plugins.containerbuild.engine.compose;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.container.ContainerRights;
import io.jenkins.plugins.containerbuild.engine.container.PullPolicy;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A project that Docker Compose is to bring up.
 *
 * @param files what it is made of; not null
 * @param project its name; null for one that no other build has
 * @param profiles the profiles that are switched on
 * @param environment variables for the files, besides those of this process
 * @param services which services, with those that they depend on; empty for all of them
 * @param images how its images are had; not null
 * @param waiting what is waited for; not null
 * @param keepVolumes whether its named volumes stay when it ends
 * @param rights what its services may do on the daemon's host; not null
 * @param logs the directory that gets the logs of all services when it fails; null for none
 * @param maker who asks; not null
 */
public record ComposeRequest(
        ComposeFiles files,
        String project,
        List<String> profiles,
        Map<String, String> environment,
        List<String> services,
        Images images,
        Waiting waiting,
        boolean keepVolumes,
        ContainerRights rights,
        String logs,
        Maker maker)
        implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Pattern SERVICE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]*");

    /**
     * How images are had.
     *
     * @param build whether those with a build section are built although they are there
     * @param pull when the others are pulled; null for what the files say
     */
    public record Images(boolean build, PullPolicy pull) implements Serializable {

        private static final long serialVersionUID = 1L;

        /** As Compose does it when it is told nothing. */
        public static final Images USUAL = new Images(false, null);
    }

    /**
     * What is waited for.
     *
     * @param ready whether all services have to run, and to be healthy where they have a health check
     * @param limit how long Compose and that may take; not null
     */
    public record Waiting(boolean ready, Duration limit) implements Serializable {

        private static final long serialVersionUID = 1L;

        /** How long to wait unless told otherwise. */
        public static final Duration DEFAULT_LIMIT = Duration.ofMinutes(5);

        /** Until they are ready. */
        public static final Waiting UNTIL_READY = new Waiting(true, DEFAULT_LIMIT);

        /** Refuses null. */
        public Waiting {
            Objects.requireNonNull(limit, "limit");
        }
    }

    /** Copies the collections, refuses null. */
    public ComposeRequest {
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(images, "images");
        Objects.requireNonNull(waiting, "waiting");
        Objects.requireNonNull(rights, "rights");
        Objects.requireNonNull(maker, "maker");
        profiles = List.copyOf(profiles);
        services = List.copyOf(services);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /**
     * Refuses names that cannot be, which Compose would take for its own options.
     *
     * @throws InvalidRequestException in one sentence for the user
     */
    void check() throws InvalidRequestException {
        if (project != null) {
            ProjectName.check(project);
        }
        for (String service : services) {
            if (!SERVICE.matcher(service).matches()) {
                throw new InvalidRequestException(
                        "could not use '" + service + "' as a service's name",
                        "it is not made of letters, digits, dots, hyphens and underscores",
                        "Give the names that the Compose file has under services");
            }
        }
        for (String profile : profiles) {
            if (!SERVICE.matcher(profile).matches()) {
                throw new InvalidRequestException(
                        "could not use '" + profile + "' as a profile's name",
                        "it is not made of letters, digits, dots, hyphens and underscores",
                        "Give the names that the Compose file has under profiles");
            }
        }
    }

    /** Without the values of variables: there may be secrets among them. */
    @Override
    public String toString() {
        return "ComposeRequest[files=" + files + ", project=" + project + ", services=" + services + ", variables="
                + new TreeSet<>(environment.keySet()) + "]";
    }
}

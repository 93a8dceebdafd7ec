package io.jenkins.plugins.containerbuild.engine.compose;

import com.github.dockerjava.api.model.Image;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.container.ContainerDetails;
import io.jenkins.plugins.containerbuild.engine.container.ContainerStore;
import io.jenkins.plugins.containerbuild.engine.endpoint.Aftermath;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.network.NetworkDetails;
import io.jenkins.plugins.containerbuild.engine.network.NetworkStore;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeDetails;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeFilter;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What one daemon has of a project, known by the labels that Compose gives to all that it makes. */
final class ProjectStore {

    private static final String PROJECT = "com.docker.compose.project";
    private static final String SERVICE = "com.docker.compose.service";
    private static final String NUMBER = "com.docker.compose.container-number";
    private static final String ONE_OFF = "com.docker.compose.oneoff";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final long PAUSE_MILLIS = 100;

    private final EngineConnection connection;
    private final ContainerStore containers;
    private final NetworkStore networks;
    private final VolumeStore volumes;

    ProjectStore(EngineConnection connection) {
        this.connection = connection;
        containers = new ContainerStore(connection);
        networks = new NetworkStore(connection);
        volumes = new VolumeStore(connection);
    }

    /** Its containers, sorted by service and number. */
    List<ComposeService> services(String project) throws EngineException, InterruptedException {
        List<ComposeService> services = new ArrayList<>();
        for (ContainerDetails listed : containers.labelled(PROJECT, project)) {
            Map<String, String> labels = listed.labels();
            String service = labels.get(SERVICE);
            if (service != null && !"True".equalsIgnoreCase(labels.get(ONE_OFF))) {
                services.add(new ComposeService(service, number(labels.get(NUMBER)), containers.inspect(listed.id())));
            }
        }
        services.sort(Comparator.comparing(ComposeService::service).thenComparing(ComposeService::number));
        return services;
    }

    private static int number(String text) {
        return text != null && text.matches("[1-9]\\d{0,6}") ? Integer.parseInt(text) : 1;
    }

    /**
     * Refuses a project that somebody else uses. Volumes that an earlier build of the same job kept are its own.
     *
     * @throws InvalidRequestException when it is in use; says whose it is
     */
    void refuseUsed(String project, Maker maker) throws EngineException, InterruptedException {
        for (ContainerDetails container : containers.labelled(PROJECT, project)) {
            throw used(project, "the container " + container.name(), container.ownership());
        }
        for (NetworkDetails network : networks.labelled(PROJECT, project)) {
            throw used(project, "the network " + network.name(), network.ownership());
        }
        for (VolumeDetails volume : volumesOf(project)) {
            Optional<Ownership> ownership = Ownership.of(volume.labels());
            boolean own = ownership
                    .filter(owner -> owner.scope() == Scope.JOB && owner.isOf(maker.controller()))
                    .filter(owner -> String.valueOf(maker.job())
                            .equals(String.valueOf(owner.maker().job())))
                    .isPresent();
            if (!own) {
                throw used(project, "the volume " + volume.name(), ownership);
            }
        }
    }

    private InvalidRequestException used(String project, String thing, Optional<Ownership> ownership) {
        String whose = ownership
                .map(owner -> owner.maker().build() == null
                        ? "of " + owner.maker().controller()
                        : "of the build " + owner.maker().build())
                .orElse("that no build has made");
        return new InvalidRequestException(
                "could not bring up the project " + project,
                "the " + daemon() + " has " + thing + " of a project of this name, " + whose,
                "Leave the option project out, so that each build has a project of its own, or end the other one");
    }

    /**
     * Whether a controller may end a project: all that it has is the controller's own.
     *
     * @throws InvalidRequestException when somebody else has made something of it
     */
    void requireOwn(String project, String controller) throws EngineException, InterruptedException {
        List<Map<String, String>> all = new ArrayList<>();
        containers.labelled(PROJECT, project).forEach(container -> all.add(container.labels()));
        networks.labelled(PROJECT, project).forEach(network -> all.add(network.labels()));
        for (VolumeDetails volume : volumesOf(project)) {
            all.add(volume.labels());
        }
        for (Map<String, String> labels : all) {
            if (Ownership.of(labels).filter(owner -> owner.isOf(controller)).isEmpty()) {
                throw new InvalidRequestException(
                        "could not end the project " + project,
                        "it was not made by " + controller,
                        "End it where it was made, or with docker compose --project-name " + project + " down");
            }
        }
    }

    private List<VolumeDetails> volumesOf(String project) throws EngineException, InterruptedException {
        return volumes.list(new VolumeFilter(null, List.of(PROJECT + '=' + project)), Map.of());
    }

    /**
     * Removes all that is left of a project, without waiting for anything to stop.
     *
     * @return why something is left, or null
     */
    String removeAfterwards(String project, boolean keepVolumes, boolean interrupted) {
        return Aftermath.of(connection, interrupted, fresh -> new ProjectStore(fresh).remove(project, keepVolumes));
    }

    private void remove(String project, boolean keepVolumes)
            throws DaemonRefusal, EngineException, InterruptedException {
        // Compose may have been in the middle of something when it was ended: what it began to make may come yet.
        for (List<ContainerDetails> left = containers.labelled(PROJECT, project);
                !left.isEmpty();
                left = containers.labelled(PROJECT, project)) {
            for (ContainerDetails container : left) {
                containers.remove(container.id());
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        for (NetworkDetails network : networks.labelled(PROJECT, project)) {
            networks.remove(network.id());
        }
        if (!keepVolumes) {
            for (VolumeDetails volume : volumesOf(project)) {
                volumes.remove(volume.name());
            }
        }
        removeImages(project);
    }

    /** Those that Compose has built and named by itself. */
    private void removeImages(String project) throws DaemonRefusal, EngineException, InterruptedException {
        List<Image> images = connection.call(docker ->
                docker.listImagesCmd().withLabelFilter(Map.of(PROJECT, project)).exec());
        for (Image image : images) {
            String[] names = image.getRepoTags();
            for (String name : names == null ? new String[0] : names) {
                if (isOwnName(name, project)) {
                    removeImage(name);
                }
            }
        }
    }

    private static boolean isOwnName(String name, String project) {
        return name.startsWith(project + "-") || name.startsWith(project + "_");
    }

    private void removeImage(String name) throws DaemonRefusal, EngineException, InterruptedException {
        try {
            connection.call(docker -> {
                docker.removeImageCmd(name).exec();
                return null;
            });
        } catch (DaemonRefusal e) {
            if (e.status() != NOT_FOUND && e.status() != CONFLICT) {
                throw e;
            }
        }
    }

    private String daemon() {
        return connection.info().product() + " at " + connection.info().uri();
    }
}

package io.jenkins.plugins.containerbuild.engine.cleanup;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.container.ContainerDetails;
import io.jenkins.plugins.containerbuild.engine.container.ContainerStore;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.network.NetworkDetails;
import io.jenkins.plugins.containerbuild.engine.network.NetworkStore;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeDetails;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeFilter;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Removes what dead builds, agents and controllers left in a daemon: by the labels, and nothing without them. */
public final class Reaper {

    private final ContainerStore containers;
    private final NetworkStore networks;
    private final VolumeStore volumes;
    private final HelperImages images;

    /** @param connection the daemon */
    public Reaper(EngineConnection connection) {
        containers = new ContainerStore(connection);
        networks = new NetworkStore(connection);
        volumes = new VolumeStore(connection);
        images = new HelperImages(connection);
    }

    /** How one thing is removed. */
    private interface Removal {
        void run() throws EngineException, InterruptedException;
    }

    /**
     * Something that this controller made and that ends with somebody.
     *
     * @param ownership what its labels say
     */
    private record Owned(Remnant.Kind kind, String name, Ownership ownership, Removal removal) {

        /** With whom it ends: a build or a job. */
        String owner() {
            return ownership.scope() == Scope.BUILD
                    ? ownership.maker().build()
                    : ownership.maker().job();
        }
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Cleanup#owners}. */
    public Owners owners(String controller) throws EngineException, InterruptedException {
        Set<String> builds = new HashSet<>();
        Set<String> jobs = new HashSet<>();
        for (Owned owned : all(controller)) {
            (owned.ownership().scope() == Scope.BUILD ? builds : jobs).add(owned.owner());
        }
        return new Owners(builds, jobs);
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Cleanup#reap}. */
    public ReapResult reap(ReapRequest request) throws EngineException, InterruptedException {
        Predicate<Owned> dead = owned -> owned.ownership().scope() == Scope.BUILD
                ? request.builds().contains(owned.owner())
                : request.jobs().contains(owned.owner());
        List<Remnant> removed = new ArrayList<>();
        List<LeftRemnant> left = new ArrayList<>();
        for (Owned owned : all(request.controller())) {
            if (dead.test(owned)) {
                Remnant remnant = new Remnant(owned.kind(), owned.name(), owned.owner());
                try {
                    owned.removal().run();
                    removed.add(remnant);
                } catch (EngineException e) {
                    left.add(new LeftRemnant(remnant, e.why()));
                }
            }
        }
        return new ReapResult(removed, left);
    }

    /** In the order in which they can be removed: containers use the others. */
    private List<Owned> all(String controller) throws EngineException, InterruptedException {
        List<Owned> all = new ArrayList<>();
        for (ContainerDetails container : containers.ownedBy(controller)) {
            add(
                    all,
                    controller,
                    Remnant.Kind.CONTAINER,
                    container.name(),
                    container.labels(),
                    () -> containers.remove(container.id()));
        }
        for (NetworkDetails network : networks.ownedBy(controller)) {
            add(
                    all,
                    controller,
                    Remnant.Kind.NETWORK,
                    network.name(),
                    network.labels(),
                    () -> networks.remove(network.id()));
        }
        for (VolumeDetails volume : volumes.list(VolumeFilter.ALL.of(controller), Map.of())) {
            add(
                    all,
                    controller,
                    Remnant.Kind.VOLUME,
                    volume.name(),
                    volume.labels(),
                    () -> volumes.remove(volume.name()));
        }
        for (HelperImages.HelperImage image : images.ownedBy(controller)) {
            add(all, controller, image.kind(), image.name(), image.labels(), () -> images.remove(image.name()));
        }
        return all;
    }

    /** The daemon's filter has chosen already; who removes looks again. */
    private static void add(
            List<Owned> all,
            String controller,
            Remnant.Kind kind,
            String name,
            Map<String, String> labels,
            Removal removal) {
        Optional<Ownership> ownership = Ownership.of(labels);
        if (ownership.isPresent() && ownership.get().isOf(controller)) {
            Owned owned = new Owned(kind, name, ownership.get(), removal);
            Scope scope = ownership.get().scope();
            if ((scope == Scope.BUILD || scope == Scope.JOB) && owned.owner() != null) {
                all.add(owned);
            }
        }
    }
}

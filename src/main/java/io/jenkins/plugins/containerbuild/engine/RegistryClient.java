package io.jenkins.plugins.containerbuild.engine;

import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.PullQuota;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.direct.CopyRequest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.CopyResult;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DeleteRequest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DeleteResult;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DirectWork;
import io.jenkins.plugins.containerbuild.engine.registry.direct.InspectRequest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.MergeRequest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.MergeResult;
import io.jenkins.plugins.containerbuild.engine.registry.direct.RemoteImage;
import io.jenkins.plugins.containerbuild.engine.registry.direct.RemoteTags;
import io.jenkins.plugins.containerbuild.engine.registry.direct.TagListRequest;
import java.util.Optional;

/**
 * Works with registries themselves, where no daemon is needed: beside {@link ContainerEngine} and {@link RemoteBuilders},
 * and with the same manners: calls block and can be interrupted, secrets are hidden.
 */
public final class RegistryClient implements AutoCloseable {

    /** What Docker documents for looking at the quota ("Docker Hub usage and limits"). */
    private static final String DOCKER_HUBS_PREVIEW = "docker.io/ratelimitpreview/test:latest";

    private final DirectWork work;
    private final SecretMask mask;

    private RegistryClient(DirectWork work, SecretMask mask) {
        this.work = work;
        this.mask = mask;
    }

    /**
     * Prepares; nobody is contacted before there is something to do.
     *
     * @param registries the registries that are configured, one of them chosen by the caller where a call names it
     * @param credentials asked whenever a registry wants a login
     * @param listener told what happens
     */
    public static RegistryClient open(Registries registries, CredentialsSource credentials, EngineListener listener) {
        SecretMask mask = new SecretMask();
        return new RegistryClient(
                new DirectWork(registries, mask.noting(credentials), mask::add, mask.hidingFrom(listener)), mask);
    }

    /**
     * Joins images that stand in registries, each for other platforms, under one name: writes an index of them.
     *
     * @throws InvalidRequestException when nothing is to be merged, or two images are for one platform
     * @throws EngineException when a registry failed for good, or an image is none that can be merged
     * @throws InterruptedException when the thread was interrupted
     */
    public MergeResult merge(MergeRequest request) throws EngineException, InterruptedException {
        return mask.hiding(() -> work.merge(request));
    }

    /**
     * Brings an image, or an index with all its platforms, to other names: in its repository, another one or another
     * registry.
     *
     * @throws InvalidRequestException when no name is given, or one with a digest
     * @throws EngineException when a registry failed for good, or has something that is neither image nor index
     * @throws InterruptedException when the thread was interrupted
     */
    public CopyResult copy(CopyRequest request) throws EngineException, InterruptedException {
        return mask.hiding(() -> work.copy(request));
    }

    /**
     * Looks at what a registry has under a name: manifest, platforms, configuration, layers.
     *
     * @throws InvalidRequestException when there is no image for the platform; the message lists those there are
     * @throws EngineException when a registry failed for good, or has something that is no image
     * @throws InterruptedException when the thread was interrupted
     */
    public RemoteImage inspect(InspectRequest request) throws EngineException, InterruptedException {
        return mask.hiding(() -> work.inspect(request));
    }

    /**
     * Lists the tags of a repository.
     *
     * @throws EngineException when a registry failed for good
     * @throws InterruptedException when the thread was interrupted
     */
    public RemoteTags tags(TagListRequest request) throws EngineException, InterruptedException {
        return mask.hiding(() -> work.tags(request));
    }

    /**
     * Deletes an image in its registry by its digest, and with it every tag that leads there.
     *
     * @throws InvalidRequestException when it is protected, or leads to something else than the digest that was given
     * @throws EngineException when the registry failed for good, or does not delete
     * @throws InterruptedException when the thread was interrupted
     */
    public DeleteResult delete(DeleteRequest request) throws EngineException, InterruptedException {
        return mask.hiding(() -> work.delete(request));
    }

    /**
     * How often images may still be pulled from Docker Hub with the login of its entry, or without one. Asking is no pull.
     *
     * @param registry one of the registries that this was opened with
     * @return nothing for other registries, which have no such quota, and when Docker Hub sets no limit or cannot be asked
     * @throws InterruptedException when the thread was interrupted
     */
    public Optional<PullQuota> quota(RegistryEntry registry) throws InterruptedException {
        return registry.address().isDockerHub()
                ? work.quota(ImageReference.parse(DOCKER_HUBS_PREVIEW))
                : Optional.empty();
    }

    /** Forgets the secrets. */
    @Override
    public void close() {
        mask.clear();
    }
}

package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageDetails;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSave;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.PullQuota;
import io.jenkins.plugins.containerbuild.engine.registry.PushOutcomes;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RetryPolicies;
import io.jenkins.plugins.containerbuild.engine.registry.saved.LayerMemory;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * Work with registries themselves, without any daemon. Thread-safe.
 *
 * @param registries the registries that are configured
 * @param credentials asked whenever a registry wants a login
 * @param secrets told of each token that a registry gives for it
 * @param listener told what happens
 * @param policies how often and how long something is tried
 */
public record DirectWork(
        Registries registries,
        CredentialsSource credentials,
        Consumer<Secret> secrets,
        EngineListener listener,
        RetryPolicies policies) {

    /** How long a thread may take to notice that its connections were cut. */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    /** Work that is tried again as is usual. */
    public DirectWork(
            Registries registries, CredentialsSource credentials, Consumer<Secret> secrets, EngineListener listener) {
        this(registries, credentials, secrets, listener, RetryPolicies.DEFAULT);
    }

    /**
     * Joins images of several platforms under one name.
     *
     * @throws EngineException when it could not be done; names that were pushed before stay
     * @throws InterruptedException when the thread was interrupted; the connections have been cut then
     */
    public MergeResult merge(MergeRequest request) throws EngineException, InterruptedException {
        return withConnections(http -> new ImageMerger(repositories(http), tries()).merge(request));
    }

    /**
     * Brings an image or an index to other names.
     *
     * @throws EngineException when it could not be done; names that were pushed before stay
     * @throws InterruptedException when the thread was interrupted; the connections have been cut then
     */
    public CopyResult copy(CopyRequest request) throws EngineException, InterruptedException {
        return withConnections(http -> new RegistryCopier(repositories(http), tries()).copy(request));
    }

    /**
     * Looks at what a registry has under a name.
     *
     * @throws EngineException when it cannot be read, is no image, or has none for the platform
     * @throws InterruptedException when the thread was interrupted; the connections have been cut then
     */
    public RemoteImage inspect(InspectRequest request) throws EngineException, InterruptedException {
        return withConnections(http -> new RegistryInspector(repositories(http), tries()).inspect(request));
    }

    /**
     * Lists the tags of a repository.
     *
     * @throws EngineException when it cannot be done
     * @throws InterruptedException when the thread was interrupted; the connections have been cut then
     */
    public RemoteTags tags(TagListRequest request) throws EngineException, InterruptedException {
        ImageReference name = request.repository();
        return withConnections(http -> {
            Repository repository = repositories(http).reading(name);
            List<String> tags = tries().run("list the tags of " + name.familiar(), repository::tags);
            return new RemoteTags(
                    name,
                    tags.stream()
                            .filter(tag ->
                                    request.filter() == null || request.filter().matches(tag))
                            .toList());
        });
    }

    /**
     * Pushes an image of a daemon from here: the daemon saves it, and what a registry lacks of it is sent from here.
     *
     * @param save reads it out of the daemon
     * @param image what the daemon knows of it
     * @param names the names to push it under; at least one
     * @param memory what this machine remembers of its pushes
     * @param outcomes told what became of each name
     * @throws InterruptedException when the thread was interrupted; the connections have been cut then
     */
    public void push(
            ImageSave save, ImageDetails image, List<ImageReference> names, LayerMemory memory, PushOutcomes outcomes)
            throws EngineException, InterruptedException {
        withConnections(http -> {
            new DirectPush(repositories(http), save, image, memory, new Tries(oneByOne(), policies))
                    .push(names, outcomes);
            return null;
        });
    }

    /**
     * Pushes an image that comes as an OCI archive, whole with all its platforms, while it comes.
     *
     * @param archive read to its end, unless the push fails before; not closed
     * @param names the names to push it under; at least one
     * @param outcomes told what became of each name
     * @throws InterruptedException when the thread was interrupted; the connections have been cut then
     */
    public void push(InputStream archive, List<ImageReference> names, PushOutcomes outcomes)
            throws EngineException, InterruptedException {
        withConnections(http -> {
            new ArchivePush(repositories(http), new Tries(oneByOne(), policies)).push(archive, names, outcomes);
            return null;
        });
    }

    private EngineListener oneByOne() {
        Object turn = new Object();
        return event -> {
            synchronized (turn) {
                listener.on(event);
            }
        };
    }

    /**
     * Deletes an image in its registry.
     *
     * @throws EngineException when it cannot or must not be done; nothing is deleted then
     * @throws InterruptedException when the thread was interrupted; the connections have been cut then
     */
    public DeleteResult delete(DeleteRequest request) throws EngineException, InterruptedException {
        return withConnections(http -> new RegistryDeleter(repositories(http), tries()).delete(request));
    }

    /**
     * Reads small things out of the repository of a name.
     *
     * @param <R> what comes of it
     * @param reading reads them, in another thread
     * @throws EngineException when they cannot be read
     * @throws InterruptedException when the thread was interrupted; the connections have been cut then
     */
    public <R> R read(ImageReference name, SmallContent.Reading<R> reading)
            throws EngineException, InterruptedException {
        return withConnections(http ->
                reading.from(new RepositoryContent(repositories(http).reading(name), name.familiar(), tries())));
    }

    /**
     * How often images may still be pulled, as the registry of a name tells, also when it refuses the answer for that.
     * Asking is no pull; it is tried once or twice only, since nobody may depend on it.
     *
     * @param name of an image that is there
     * @return nothing when it does not tell, or cannot be asked
     * @throws InterruptedException when the thread was interrupted; the connections have been cut then
     */
    public Optional<PullQuota> quota(ImageReference name) throws InterruptedException {
        DirectWork quick = quick();
        try {
            return quick.withConnections(http -> {
                Repository repository = repositories(http).reading(name);
                try {
                    quick.tries().run("ask for the quota at " + name.familiar(), () -> repository.digest(name.tag()));
                } catch (EngineException e) {
                    // a refusal tells of the quota, too
                }
                return repository.session().quota();
            });
        } catch (EngineException e) {
            return Optional.empty();
        }
    }

    private DirectWork quick() {
        return new DirectWork(registries, credentials, secrets, event -> {}, RetryPolicies.QUICK);
    }

    private Repositories repositories(RegistryHttp http) {
        return new Repositories(http, registries, credentials, secrets);
    }

    private Tries tries() {
        return new Tries(listener, policies);
    }

    /**
     * What a registry has under a name with a tag or a digest; tried once or twice only, since nobody may depend on it.
     *
     * @return nothing when that cannot be read from here
     * @throws InterruptedException when the thread was interrupted
     */
    public Optional<Digest> digestOf(ImageReference name) throws InterruptedException {
        DirectWork quick = quick();
        try {
            return quick.withConnections(http -> {
                Repository repository = repositories(http).reading(name);
                String reference =
                        name.digest() == null ? name.tag() : name.digest().toString();
                return quick.tries().run("look at " + name.familiar(), () -> repository.digest(reference));
            });
        } catch (EngineException e) {
            return Optional.empty();
        }
    }

    /** What is done over connections that are this call's own. */
    private interface Work<R> {
        R run(RegistryHttp http) throws EngineException, InterruptedException;
    }

    private <R> R withConnections(Work<R> work) throws EngineException, InterruptedException {
        // A blocked read knows no interruption: a second thread does the work and is cut off from outside.
        try (RegistryHttp http = new RegistryHttp(credentials, policies.request())) {
            FutureTask<R> task = new FutureTask<>(() -> work.run(http));
            Thread worker = new Thread(task, "container-build registry client");
            worker.setDaemon(true);
            worker.start();
            try {
                return task.get();
            } catch (ExecutionException e) {
                throw asItWas(e.getCause());
            } finally {
                http.close();
                worker.interrupt();
                worker.join(FAREWELL.toMillis());
            }
        }
    }

    private static RuntimeException asItWas(Throwable failure) throws EngineException, InterruptedException {
        if (failure instanceof EngineException known) {
            throw known;
        }
        if (failure instanceof InterruptedException interruption) {
            throw interruption;
        }
        return new IllegalStateException("work with a registry failed in a way nobody thought of", failure);
    }
}

package io.jenkins.plugins.containerbuild.engine;

import io.jenkins.plugins.containerbuild.engine.build.BuildLog;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.build.BuiltImage;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.build.ImageBuilder;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.BuildKitImageBuilder;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts.SessionMemory;
import io.jenkins.plugins.containerbuild.engine.build.classic.ClassicImageBuilder;
import io.jenkins.plugins.containerbuild.engine.build.secret.SecretSources;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeProjects;
import io.jenkins.plugins.containerbuild.engine.container.ContainerStart;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineInfo;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.file.CacheFolder;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageDetails;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSave;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import io.jenkins.plugins.containerbuild.engine.image.TagRequest;
import io.jenkins.plugins.containerbuild.engine.image.TagResult;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.ImagePuller;
import io.jenkins.plugins.containerbuild.engine.registry.ImagePusher;
import io.jenkins.plugins.containerbuild.engine.registry.PullRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PullResult;
import io.jenkins.plugins.containerbuild.engine.registry.PushRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PushResult;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAccess;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DirectWork;
import io.jenkins.plugins.containerbuild.engine.registry.saved.LayerMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds, tags, pushes and pulls images on one container daemon. Open one for a piece of work and close it; it keeps
 * nothing in between. All calls block; interrupting the thread ends the work here and in the daemon.
 *
 * <p>The engine prints nothing and reads no configuration of its own: it tells an {@link EngineListener} what happens,
 * asks a {@link CredentialsSource} for credentials when a registry wants them, and returns plain values. What it tells,
 * returns and throws has the secrets hidden that were handed out to it until then.
 */
public final class ContainerEngine implements AutoCloseable {

    private final EngineConnection connection;
    private final EndpointRequest endpoint;
    private final RegistryAccess registries;
    private final SecretMask mask;
    private final EngineListener listener;
    private final ImageStore images;
    private final ImageBuilder builder;
    private final ImagePusher pusher;
    private final ImagePuller puller;

    private ContainerEngine(
            EngineConnection connection,
            EndpointRequest endpoint,
            BuilderChoice choice,
            RegistryAccess registries,
            SecretSources secrets,
            EngineListener listener) {
        this.connection = connection;
        this.endpoint = endpoint;
        this.registries = registries;
        mask = secrets.mask();
        this.listener = listener;
        images = new ImageStore(connection, listener);
        builder = new EngineBuilder(
                choice,
                new BuildKitImageBuilder(
                        connection, registries, images, secrets, SessionMemory.of(endpoint.environment())),
                new ClassicImageBuilder(connection, registries),
                connection.info());
        pusher = pusher(listener);
        puller = new ImagePuller(connection, images, registries, listener);
    }

    /**
     * Finds the daemon and agrees with it on an API version.
     *
     * @param endpoint which daemon; images are built by its BuildKit or, where it has none, by its classic builder, unless
     *     {@code DOCKER_BUILDKIT} in the environment says which one
     * @param registries the registries that are configured, one of them chosen by the caller where a call names it
     * @param credentials asked whenever a registry needs a login
     * @param secrets asked for the values of those secrets that only the caller knows
     * @param listener told what happens
     * @throws EngineException when no usable daemon answers; the message names every address that was tried
     * @throws InterruptedException when the thread was interrupted
     */
    public static ContainerEngine open(
            EndpointRequest endpoint,
            Registries registries,
            CredentialsSource credentials,
            BuildSecrets secrets,
            EngineListener listener)
            throws EngineException, InterruptedException {
        SecretMask mask = new SecretMask();
        EngineListener hiding = mask.hidingFrom(listener);
        BuilderChoice choice = BuilderChoice.of(endpoint.environment());
        EngineConnection connection = EngineConnection.open(endpoint, hiding);
        return new ContainerEngine(
                connection,
                endpoint,
                choice,
                new RegistryAccess(registries, mask.noting(credentials)),
                new SecretSources(endpoint.environment(), secrets, mask),
                hiding);
    }

    /** As the other one, for a caller whose secrets are in files or variables, if there are any. */
    public static ContainerEngine open(
            EndpointRequest endpoint, Registries registries, CredentialsSource credentials, EngineListener listener)
            throws EngineException, InterruptedException {
        return open(endpoint, registries, credentials, BuildSecrets.NONE, listener);
    }

    /** What is known of the daemon. */
    public EngineInfo info() {
        return connection.info();
    }

    /**
     * Builds an image, names it and, where the request says so, pushes the names.
     *
     * @throws InvalidRequestException when the request is wrong; nothing was sent then
     * @throws EngineException when the build or the push failed
     * @throws InterruptedException when the thread was interrupted; the daemon has stopped its work then
     */
    public BuildResult build(BuildRequest request) throws EngineException, InterruptedException {
        return mask.hiding(() -> built(request));
    }

    private BuildResult built(BuildRequest request) throws EngineException, InterruptedException {
        Instant start = Instant.now();
        boolean asked = request.call() != Call.BUILD;
        List<ImageReference> toPush = asked ? List.of() : request.pushedNames();
        BuildLog log = new BuildLog(request.progress(), listener);
        BuiltImage built = build(request, log, start);
        ImageDetails details = built.imageId() == null ? null : images.inspect(ImageSelector.ofId(built.imageId()));
        if (details != null) {
            request.tags()
                    .forEach(tag -> log.on(new EngineEvent.Tagged(
                            built.imageId().toString(), tag.withDefaultTag().familiar())));
        }
        List<PushedReference> pushed = pushRest(built, toPush, request.via(), log);
        return new BuildResult(
                built.imageId(),
                asked ? List.of() : request.tags(),
                details == null ? null : details.sizeBytes(),
                details == null ? null : details.layerCount(),
                Duration.between(start, Instant.now()),
                built.steps(),
                pushed,
                pushed.isEmpty() ? built.digest() : pushed.get(0).digest(),
                built.platforms(),
                built.attestations(),
                built.warnings(),
                built.outputs(),
                built.answer());
    }

    private ImagePusher pusher(EngineListener told) {
        DirectWork past = new DirectWork(registries.registries(), registries.credentials(), mask::add, told);
        return new ImagePusher(
                connection,
                images,
                registries,
                (imageId, names, outcomes) -> past.push(
                        new ImageSave(connection),
                        images.inspect(ImageSelector.ofId(imageId)),
                        names,
                        new LayerMemory(CacheFolder.of(endpoint.environment(), "pushed")),
                        outcomes),
                past::digestOf,
                told);
    }

    /** Pushes what the builder has not pushed and the Engine has. */
    private List<PushedReference> pushRest(
            BuiltImage built, List<ImageReference> names, PushVia via, EngineListener log)
            throws EngineException, InterruptedException {
        List<ImageReference> rest = new ArrayList<>(names);
        built.pushed().forEach(pushed -> rest.remove(pushed.reference()));
        List<PushedReference> all = new ArrayList<>(built.pushed());
        if (!rest.isEmpty()) {
            // Its progress, too, is told as the build's request wants it.
            all.addAll(pusher(log).push(built.imageId(), rest, via));
        }
        return all;
    }

    private BuiltImage build(BuildRequest request, BuildLog log, Instant start)
            throws EngineException, InterruptedException {
        try {
            BuiltImage built = builder.build(request, log);
            log.end(Duration.between(start, Instant.now()));
            return built;
        } catch (EngineException e) {
            log.end(Duration.between(start, Instant.now()));
            throw e;
        }
    }

    /**
     * Gives an image more names.
     *
     * @throws EngineException when there is no such image or the daemon refuses a name
     * @throws InterruptedException when the thread was interrupted
     */
    public TagResult tag(TagRequest request) throws EngineException, InterruptedException {
        Digest imageId = images.inspect(request.image()).imageId();
        for (var tag : request.tags()) {
            images.tag(imageId, tag);
        }
        return new TagResult(imageId, request.tags());
    }

    /**
     * Pushes an image under one or more names. The image is taken by its id, so that another build which moves a name
     * meanwhile changes nothing. A name that could not be pushed keeps none of the others from its registry.
     *
     * @throws EngineException when there is no such image or a push failed for good; says which names were pushed
     * @throws InterruptedException when the thread was interrupted
     */
    public PushResult push(PushRequest request) throws EngineException, InterruptedException {
        return mask.hiding(() -> pushed(request));
    }

    private PushResult pushed(PushRequest request) throws EngineException, InterruptedException {
        Instant start = Instant.now();
        Digest imageId = images.inspect(request.image()).imageId();
        List<PushedReference> pushed = pusher.push(imageId, request.tags(), request.via());
        return new PushResult(imageId, pushed, Duration.between(start, Instant.now()));
    }

    /**
     * Pulls an image into the daemon.
     *
     * @throws EngineException when it could not be pulled
     * @throws InterruptedException when the thread was interrupted
     */
    public PullResult pull(PullRequest request) throws EngineException, InterruptedException {
        return mask.hiding(() -> puller.pull(request));
    }

    /**
     * What the daemon knows of an image.
     *
     * @throws EngineException when there is no such image
     * @throws InterruptedException when the thread was interrupted
     */
    public ImageDetails inspect(ImageSelector image) throws EngineException, InterruptedException {
        return images.inspect(image);
    }

    /** The daemon's named volumes; to be used while this is open. */
    public Volumes volumes() {
        return new Volumes(connection, listener);
    }

    /** The containers beside a build; to be used while this is open. */
    public Containers containers() {
        return new Containers(connection, new ContainerStart(connection, endpoint, images, puller, listener), listener);
    }

    /** The networks beside a build; to be used while this is open. */
    public Networks networks() {
        return new Networks(connection, listener);
    }

    /** Projects of Docker Compose beside a build; to be used while this is open. */
    public Compose compose() {
        return new Compose(new ComposeProjects(connection, endpoint, images, puller, listener));
    }

    /** Removes what nobody needs any more; to be used while this is open. */
    public Cleanup cleanup() {
        return new Cleanup(connection, listener);
    }

    /** Ends the connection. */
    @Override
    public void close() {
        connection.close();
        mask.clear();
    }
}

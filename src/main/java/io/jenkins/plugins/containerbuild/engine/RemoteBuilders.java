package io.jenkins.plugins.containerbuild.engine;

import io.jenkins.plugins.containerbuild.engine.build.BuildLog;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.build.BuilderInfo;
import io.jenkins.plugins.containerbuild.engine.build.BuiltImage;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.RemoteImageBuilder;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts.SessionMemory;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.remote.LoadEngine;
import io.jenkins.plugins.containerbuild.engine.build.secret.SecretSources;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderAddress;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ImageDetails;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Builds images on BuildKit daemons of their own ({@code buildkitd}), without a Docker Engine: beside
 * {@link ContainerEngine}, and with the same manners: secrets are hidden, too. Several daemons stand in for each other.
 */
public final class RemoteBuilders implements AutoCloseable {

    private final RemoteImageBuilder builder;
    private final LoadEngine engine;
    private final SecretMask mask;
    private final EngineListener listener;

    private RemoteBuilders(RemoteImageBuilder builder, LoadEngine engine, SecretMask mask, EngineListener listener) {
        this.builder = builder;
        this.engine = engine;
        this.mask = mask;
        this.listener = listener;
    }

    /**
     * Prepares; nobody is contacted before there is something to build.
     *
     * @param builders where the daemons listen, in the order in which they are tried; at least one
     * @param engine the Docker Engine that images are loaded into where a build wants it, or null for none; looked for
     *     only then
     * @param registries the registries that are configured, one of them chosen by the caller where a call names it
     * @param credentials asked whenever a registry needs a login
     * @param secrets asked for the values of those secrets that only the caller knows
     * @param environment where secrets of variables are, the socket of an SSH agent, and what says where this user keeps
     *     what can be made again
     * @param listener told what happens
     * @throws EngineException when an address or a certificate cannot be read
     */
    public static RemoteBuilders open(
            List<BuilderAddress> builders,
            EndpointRequest engine,
            Registries registries,
            CredentialsSource credentials,
            BuildSecrets secrets,
            Map<String, String> environment,
            EngineListener listener)
            throws EngineException {
        SecretMask mask = new SecretMask();
        EngineListener hiding = mask.hidingFrom(listener);
        LoadEngine load = new LoadEngine(engine, hiding);
        RegistryAccess access = new RegistryAccess(registries, mask.noting(credentials));
        SecretSources sources = new SecretSources(environment, secrets, mask);
        return new RemoteBuilders(
                new RemoteImageBuilder(builders, access, sources, SessionMemory.of(environment), load),
                load,
                mask,
                hiding);
    }

    /** As the other one, for builds without secrets but those in files. */
    public static RemoteBuilders open(
            List<BuilderAddress> builders,
            EndpointRequest engine,
            Registries registries,
            CredentialsSource credentials,
            EngineListener listener)
            throws EngineException {
        return open(builders, engine, registries, credentials, BuildSecrets.NONE, Map.of(), listener);
    }

    /**
     * Asks one daemon who it is, within a short bound.
     *
     * @throws EngineException when it cannot be built on, with the reason
     * @throws InterruptedException when the thread was interrupted
     */
    public static BuilderInfo check(BuilderAddress builder) throws EngineException, InterruptedException {
        return RemoteImageBuilder.check(builder);
    }

    /**
     * Builds an image and, where the request says so, pushes it. Without a word of where it goes it is loaded into the
     * Engine.
     *
     * @throws InvalidRequestException when the request is wrong
     * @throws EngineException when the build failed, or none of the builders can be built on
     * @throws InterruptedException when the thread was interrupted; the daemon has stopped its work then
     */
    public BuildResult build(BuildRequest request) throws EngineException, InterruptedException {
        return mask.hiding(() -> built(request));
    }

    private BuildResult built(BuildRequest request) throws EngineException, InterruptedException {
        Instant start = Instant.now();
        if (request.call() == Call.BUILD) {
            // Names that cannot be pushed are noticed before anything is built.
            request.pushedNames();
        }
        BuildLog log = new BuildLog(request.progress(), listener);
        BuiltImage built;
        try {
            built = builder.build(request, log);
        } finally {
            log.end(Duration.between(start, Instant.now()));
        }
        ImageDetails details = built.imageId() == null ? null : loaded(built, request, log);
        return new BuildResult(
                built.imageId(),
                request.call() == Call.BUILD ? request.tags() : List.of(),
                details == null ? null : details.sizeBytes(),
                details == null ? null : details.layerCount(),
                Duration.between(start, Instant.now()),
                built.steps(),
                built.pushed(),
                built.digest(),
                built.platforms(),
                built.attestations(),
                built.warnings(),
                built.outputs(),
                built.answer());
    }

    private ImageDetails loaded(BuiltImage built, BuildRequest request, BuildLog log)
            throws EngineException, InterruptedException {
        ImageDetails details = new ImageStore(engine.connection(), log).inspect(ImageSelector.ofId(built.imageId()));
        request.tags()
                .forEach(tag -> log.on(new EngineEvent.Tagged(
                        built.imageId().toString(), tag.withDefaultTag().familiar())));
        return details;
    }

    /** Ends the connection to the Engine, where there is one. */
    @Override
    public void close() {
        engine.close();
        mask.clear();
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuiltImage;
import io.jenkins.plugins.containerbuild.engine.build.ImageBuilder;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts.Contexts;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts.FilesSession;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts.SessionMemory;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitRefusedException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.Workers;
import io.jenkins.plugins.containerbuild.engine.build.secret.SecretSources;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAccess;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Future;

/**
 * Builds with the BuildKit inside a Docker Engine, over its own protocol: the daemon asks for those files of the context
 * that it lacks and for logins when a registry wants them, runs independent steps at the same time and knows today's
 * Dockerfiles.
 */
public final class BuildKitImageBuilder implements ImageBuilder {

    private final EngineConnection connection;
    private final RegistryAccess registries;
    private final ImageStore images;
    private final SecretSources secrets;
    private final SessionMemory memory;

    /**
     * @param connection the daemon
     * @param registries logins for base images
     * @param images where the image is found afterwards
     * @param secrets where the values of secrets come from
     * @param memory what this machine remembers of its last builds
     */
    public BuildKitImageBuilder(
            EngineConnection connection,
            RegistryAccess registries,
            ImageStore images,
            SecretSources secrets,
            SessionMemory memory) {
        this.connection = connection;
        this.registries = registries;
        this.images = images;
        this.secrets = secrets;
        this.memory = memory;
    }

    /** @throws NoBuildKitException when the daemon has no BuildKit; nothing was done then */
    @Override
    public BuiltImage build(BuildRequest request, EngineListener listener)
            throws EngineException, InterruptedException {
        Contexts contexts = Contexts.open(request);
        Host host = new EngineHost(connection, images);
        try (SerialListener events = new SerialListener(listener);
                Workers workers =
                        new Workers("container engine " + connection.info().uri() + " buildkit")) {
            HostedBuild build = new HostedBuild(host, registries, secrets, memory, request);
            Future<FilesSession> session = build.session(contexts, workers);
            try (AnsweredChannel open = AnsweredChannel.open(host.endpoint(), workers)) {
                return build.run(contexts, session, open.channel(), open.daemon(), workers, events);
            }
        } catch (BuildKitRefusedException e) {
            throw new NoBuildKitException(connection.info(), e);
        } catch (InterruptedIOException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
        } catch (IOException e) {
            throw host.endpoint().lost(e);
        }
    }
}

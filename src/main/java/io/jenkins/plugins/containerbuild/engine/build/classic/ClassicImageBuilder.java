package io.jenkins.plugins.containerbuild.engine.build.classic;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuiltImage;
import io.jenkins.plugins.containerbuild.engine.build.ImageBuilder;
import io.jenkins.plugins.containerbuild.engine.build.context.BuildContext;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextReadException;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextTar;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAccess;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Builds with the Engine API's {@code POST /build} in its first version: the whole context goes to the daemon as a tar
 * stream, the daemon runs the instructions one after the other. Every Docker Engine and podman understand it; cache
 * mounts, secrets and heredocs of today's Dockerfiles it does not.
 */
public final class ClassicImageBuilder implements ImageBuilder {

    private static final int LARGEST_DOCKERFILE = 1 << 20;

    private final EngineConnection connection;
    private final RegistryAccess registries;

    /**
     * @param connection the daemon
     * @param registries logins for base images
     */
    public ClassicImageBuilder(EngineConnection connection, RegistryAccess registries) {
        this.connection = connection;
        this.registries = registries;
    }

    @Override
    public BuiltImage build(BuildRequest request, EngineListener listener)
            throws EngineException, InterruptedException {
        Path root = request.root() == null ? null : Path.of(request.root());
        BuildContext context = BuildContext.open(Path.of(request.context()), request.file(), root);
        DaemonRequest call = new BuildQuery(request)
                .toDaemonRequest(context.dockerfileName())
                .header("X-Registry-Config", registries.configHeader(mentions(context, request), listener));
        ClassicLog log = new ClassicLog(listener, System::nanoTime);
        ContextTar tar = new ContextTar(context, () -> Thread.currentThread().isInterrupted());
        try (ContextUpload upload = new ContextUpload(tar, listener)) {
            send(call.body(upload), upload, log, request);
        } catch (IOException e) {
            throw connection.lost(e);
        }
        return finished(request, log);
    }

    /**
     * Which registries' logins the daemon gets: those that the Dockerfile, its arguments or the cache's images name, and
     * Docker Hub's, which needs no naming. A look for the text, not a reading of the Dockerfile: it only keeps logins
     * away that cannot be needed.
     */
    private static Predicate<RegistryAddress> mentions(BuildContext context, BuildRequest request)
            throws EngineException {
        String dockerfile;
        try (InputStream file = Files.newInputStream(context.dockerfile())) {
            dockerfile = new String(file.readNBytes(LARGEST_DOCKERFILE), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new InvalidRequestException(
                    "could not read the Dockerfile " + context.dockerfile(), e.getMessage(), "Check its mode", e);
        }
        String text = dockerfile + request.buildArgs().values() + request.cacheFrom();
        return address -> address.isDockerHub() || text.contains(address.host());
    }

    private void send(DaemonRequest call, ContextUpload upload, ClassicLog log, BuildRequest request)
            throws EngineException, InterruptedException, IOException {
        try {
            connection.stream(call, log::read);
            log.end();
        } catch (DaemonRefusal e) {
            throw refused(request, e);
        } catch (IOException e) {
            if (upload.failure() instanceof ContextReadException trouble) {
                throw trouble.toEngineException();
            }
            throw e;
        }
    }

    private EngineException refused(BuildRequest request, DaemonRefusal e) {
        String why = "the " + connection.info().product() + " refused the build: " + e.getMessage();
        return e.status() == 400
                ? new InvalidRequestException(what(request), why, ClassicAdvice.onRefusal(e.getMessage()), e)
                : new EngineException(what(request), why, ClassicAdvice.onFailure(e.getMessage(), List.of()), e);
    }

    private BuiltImage finished(BuildRequest request, ClassicLog log) throws EngineException {
        if (log.error() != null) {
            throw new BuildFailedException(
                    what(request),
                    log.error(),
                    ClassicAdvice.onFailure(log.error(), log.lastLines()),
                    log.runningInstruction(),
                    log.lastLines());
        }
        if (log.imageId() == null) {
            throw new BuildFailedException(
                    what(request),
                    "the daemon ended the build without naming an image",
                    "Look into the daemon's log, it may have been stopped meanwhile",
                    log.runningInstruction(),
                    log.lastLines());
        }
        return BuiltImage.inDaemon(log.imageId(), log.steps());
    }

    private static String what(BuildRequest request) {
        String tags = request.tags().stream().map(ImageReference::familiar).collect(Collectors.joining(", "));
        return "could not build " + (tags.isEmpty() ? "the image" : tags);
    }
}

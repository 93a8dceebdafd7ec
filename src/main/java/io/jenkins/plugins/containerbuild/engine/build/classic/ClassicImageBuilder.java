package io.jenkins.plugins.containerbuild.engine.build.classic;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuiltImage;
import io.jenkins.plugins.containerbuild.engine.build.ImageBuilder;
import io.jenkins.plugins.containerbuild.engine.build.context.BuildContext;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextTar;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Builds with the Engine API's {@code POST /build} in its first version: the whole context goes to the daemon as a tar
 * stream, the daemon runs the instructions one after the other. Every Docker Engine and podman understand it; cache
 * mounts, secrets and heredocs of today's Dockerfiles it does not.
 */
public final class ClassicImageBuilder implements ImageBuilder {

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
                .header("X-Registry-Config", registries.configHeader(listener));
        ClassicLog log = new ClassicLog(listener, System::nanoTime);
        ContextTar tar = new ContextTar(context, () -> Thread.currentThread().isInterrupted());
        try (ContextUpload upload = new ContextUpload(tar, listener)) {
            send(call.body(upload), upload, log, request);
        } catch (IOException e) {
            throw connection.lost(e);
        }
        return finished(request, log);
    }

    private void send(DaemonRequest call, ContextUpload upload, ClassicLog log, BuildRequest request)
            throws EngineException, InterruptedException, IOException {
        try {
            connection.stream(call, log::read);
            log.end();
        } catch (DaemonRefusal e) {
            throw refused(request, e);
        } catch (IOException e) {
            if (upload.failure() != null) {
                throw new EngineException(
                        "could not send the build context " + request.context(),
                        upload.failure().getMessage(),
                        "Nothing else may change the context during the build, and this user must be able to read all"
                                + " of it; what the image does not need belongs into .dockerignore",
                        upload.failure());
            }
            throw e;
        }
    }

    private EngineException refused(BuildRequest request, DaemonRefusal e) {
        String why = "the " + connection.info().product() + " refused the build: " + e.getMessage();
        return e.status() == 400
                ? new InvalidRequestException(
                        what(request), why, "Correct the Dockerfile or the option that it names", e)
                : new EngineException(what(request), why, advice(e.getMessage()), e);
    }

    private BuiltImage finished(BuildRequest request, ClassicLog log) throws EngineException {
        if (log.error() != null) {
            throw new BuildFailedException(
                    what(request),
                    log.error(),
                    advice(log.error() + '\n' + String.join("\n", log.lastLines())),
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
        return new BuiltImage(log.imageId(), log.steps());
    }

    private static String what(BuildRequest request) {
        String tags = request.tags().stream().map(ImageReference::familiar).collect(Collectors.joining(", "));
        return "could not build " + (tags.isEmpty() ? "the image" : tags);
    }

    private static String advice(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left on device")) {
            return "The daemon's disk is full: free space on its host, for example with 'docker system prune'";
        }
        if (lower.contains("--mount option requires buildkit") || lower.contains("unknown flag: mount")) {
            return "This Dockerfile needs BuildKit; the classic builder of this daemon cannot build it";
        }
        if (lower.contains("pull access denied") || lower.contains("unauthorized")) {
            return "Check the base image's name, and configure credentials for its registry";
        }
        if (lower.contains("server gave http response to https client")) {
            return "The base image's registry speaks plain HTTP: add it to insecure-registries in the daemon's"
                    + " daemon.json";
        }
        return "";
    }
}

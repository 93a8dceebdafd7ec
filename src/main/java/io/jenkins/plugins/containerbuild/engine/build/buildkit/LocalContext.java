package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.grpc.ServerServiceDefinition;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync.FileSyncService;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.session.SessionPart;
import io.jenkins.plugins.containerbuild.engine.build.context.BuildContext;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextReadException;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

/** A context on this machine, whose files the daemon asks for. */
final class LocalContext implements SolvePart, SessionPart {

    private final BuildContext context;
    private final FileSyncService files;

    LocalContext(BuildContext context, Executor workers, EngineListener listener) {
        this.context = context;
        files = new FileSyncService(context, workers, listener);
    }

    @Override
    public void addTo(SolveRequest.Builder solve) {
        solve.putFrontendAttrs(
                "filename", Objects.toString(context.dockerfile().getFileName()));
    }

    @Override
    public List<ServerServiceDefinition> services() {
        return List.of(files.definition());
    }

    @Override
    public EngineException failure() {
        IOException failure = files.failure();
        if (failure == null) {
            return null;
        }
        if (failure instanceof ContextReadException unreadable) {
            return unreadable.toEngineException();
        }
        return new EngineException(
                "could not send the build context " + context.directory(),
                failure.getMessage(),
                "Nothing else may change the context during the build, and this user must be able to read all of it;"
                        + " what the image does not need belongs into .dockerignore",
                failure);
    }
}

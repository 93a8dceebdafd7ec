package io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts;

import io.grpc.ServerServiceDefinition;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.SolvePart;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync.FileSyncService;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync.SyncRecord;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.session.SessionPart;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextReadException;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;

/** What a build reads: the daemon fetches it from where it is told, and asks for the files of directories here. */
public final class ContextFilesPart implements SolvePart, SessionPart {

    private final Contexts contexts;
    private final FileSyncService files;

    /**
     * @param contexts what may be read
     * @param workers runs what sends files
     * @param listener told how much was sent, from any thread
     */
    public ContextFilesPart(Contexts contexts, Executor workers, EngineListener listener) {
        this.contexts = contexts;
        files = new FileSyncService(contexts.directories(), workers, listener);
    }

    @Override
    public void addTo(SolveRequest.Builder solve) {
        solve.putAllFrontendAttrs(contexts.attributes());
    }

    @Override
    public List<ServerServiceDefinition> services() {
        return List.of(files.definition());
    }

    /** What the daemon was told of them. */
    public SyncRecord sent() {
        return files.sent();
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
                "could not send the build context",
                failure.getMessage(),
                "Nothing else may change the context during the build, and this user must be able to read all of it;"
                        + " what the image does not need belongs into .dockerignore",
                failure);
    }
}

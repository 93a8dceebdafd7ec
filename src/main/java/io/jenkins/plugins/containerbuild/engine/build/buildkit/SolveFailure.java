package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.grpc.Metadata;
import io.grpc.Status;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.progress.BuildProgress;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.progress.FailedStep;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitEndpoint;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what was wrong with a build, in people's words and without gRPC's. */
final class SolveFailure {

    private final BuildRequest request;
    private final BuildProgress progress;

    SolveFailure(BuildRequest request, BuildProgress progress) {
        this.request = request;
        this.progress = progress;
    }

    EngineException of(Throwable cause, BuildKitEndpoint endpoint) {
        Status status = Status.fromThrowable(cause);
        if (status.getCode() == Status.Code.UNAVAILABLE) {
            return endpoint.lost(new IOException(words(status), cause));
        }
        Metadata trailers = Status.trailersFromThrowable(cause);
        ErrorDetails details = ErrorDetails.of(trailers);
        Optional<FailedStep> step = progress.failed(details.vertex());
        String error = step.map(FailedStep::error)
                .filter(text -> !text.isEmpty())
                .map(BuildKitAdvice::plain)
                .orElseGet(() -> progress.masked(words(status)));
        List<String> lastLines = step.map(FailedStep::lastLines).orElse(List.of());
        return new BuildFailedException(
                what(),
                details.place() == null ? error : error + "\n" + details.place(),
                BuildKitAdvice.onFailure(error, lastLines),
                step.map(FailedStep::name).orElse(null),
                lastLines);
    }

    private static String words(Status status) {
        return status.getDescription() == null
                ? "the daemon gave no reason (" + status.getCode() + ")"
                : BuildKitAdvice.plain(status.getDescription());
    }

    EngineException ofMissingId() {
        return new BuildFailedException(
                what(),
                "the daemon ended the build without naming an image",
                "Look into the daemon's log, it may have been stopped meanwhile",
                null,
                List.of());
    }

    private String what() {
        String tags = request.tags().stream().map(ImageReference::familiar).collect(Collectors.joining(", "));
        return "could not build " + (tags.isEmpty() ? "the image" : tags);
    }
}

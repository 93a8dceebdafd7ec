package io.jenkins.plugins.containerbuild.engine.build.buildkit;

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
            return endpoint.lost(new IOException(FailureReason.unwrapped(words(status)), cause));
        }
        ErrorDetails details = ErrorDetails.of(Status.trailersFromThrowable(cause), progress::masked);
        Optional<FailedStep> step = progress.failed(details.vertex());
        String name = step.map(FailedStep::name).orElse(null);
        List<String> lastLines = step.map(FailedStep::lastLines).orElse(List.of());
        FailureReason reason = FailureReason.of(
                step.map(FailedStep::error)
                        .filter(text -> !text.isEmpty())
                        .orElseGet(() -> progress.masked(words(status))),
                name);
        MissingFile missing = new MissingFile(request.context(), reason.missingFile(), name);
        return new BuildFailedException(
                what(),
                missing.isOne() ? missing.why() : reason.why(),
                missing.isOne() ? missing.advice() : BuildKitAdvice.onFailure(reason, lastLines),
                step.filter(FailedStep::instruction).map(FailedStep::name).orElse(null),
                details.excerpt(),
                reason.exitCode(),
                lastLines);
    }

    private static String words(Status status) {
        return status.getDescription() == null
                ? "the daemon gave no reason (" + status.getCode() + ")"
                : status.getDescription();
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

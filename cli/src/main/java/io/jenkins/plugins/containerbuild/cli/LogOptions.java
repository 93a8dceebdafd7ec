package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.build.ProgressMode;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import picocli.CommandLine.Option;

/** What is done with the Dockerfile, and how that is told. */
final class LogOptions implements BuildTopic {

    @Option(
            names = "--call",
            paramLabel = "CALL",
            description = "What is asked of the Dockerfile: build, check, outline or targets; default: build.")
    private String call;

    @Option(names = "--check", description = "Check the Dockerfile instead of building it; the same as --call=check.")
    private boolean check;

    @Option(
            names = "--progress",
            paramLabel = "KIND",
            description = "What standard error tells of: plain, compact, quiet or rawjson; default: plain.")
    private String progress;

    @Option(
            names = {"-q", "--quiet"},
            description = "Tell of nothing but the result; the same as --progress=quiet.")
    private boolean quiet;

    @Override
    public void addTo(BuildRequest.Builder request, Registries registries) throws EngineException {
        if (check && call != null && !call.equals(Call.CHECK.toString())) {
            throw new UsageException(
                    "could not use --check with --call " + call, "they ask for two things", "Leave one of them out");
        }
        if (check) {
            request.call(Call.CHECK);
        } else if (call != null) {
            request.call(Call.parse(call));
        }
        if (progress != null || quiet) {
            request.progress(progress());
        }
    }

    private ProgressMode progress() throws EngineException {
        ProgressMode mode = progress == null ? ProgressMode.QUIET : ProgressMode.parse(progress);
        if (quiet && mode != ProgressMode.QUIET) {
            throw new UsageException(
                    "could not use --quiet with --progress " + progress,
                    "they ask for two things",
                    "Leave one of them out");
        }
        return mode;
    }
}

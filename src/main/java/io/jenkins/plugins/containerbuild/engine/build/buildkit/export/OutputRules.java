package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.BuilderAbilities;
import java.util.List;
import java.util.stream.Collectors;

/** What goes together and what does not, wherever the daemon keeps its images; and the words for it. */
final class OutputRules {

    private final BuildRequest request;
    private final BuilderAbilities daemon;

    OutputRules(BuildRequest request, BuilderAbilities daemon) {
        this.request = request;
        this.daemon = daemon;
    }

    void check() throws InvalidRequestException {
        for (BuildOutput output : request.outputs()) {
            if (output.type().equals("oci")
                    && "false".equals(output.attributes().get("tar"))) {
                throw refused(
                        "outputs with tar=false",
                        "an OCI layout is written as an archive only",
                        "Leave tar=false out and unpack the archive");
            }
            if (output.type().equals("local")
                    && "delete".equals(output.attributes().get("mode"))) {
                throw refused(
                        "outputs with mode=delete",
                        "files that are there already are added to, never removed",
                        "Remove the directory before the build");
            }
            if (output.type().equals("docker") && output.dest() != null && makesIndex()) {
                throw refused(
                        "outputs with type=docker",
                        "an archive for docker load holds one platform and no attestations",
                        "Use type=oci");
            }
            if ("-".equals(output.dest())) {
                throw refused("outputs with dest=-", "standard output is taken already", "Give a file");
            }
        }
    }

    /** Whether what is built has an index: several platforms, or attestations. */
    boolean makesIndex() {
        return request.platforms().size() > 1 || !request.attests().isEmpty();
    }

    void checkCount(List<PlannedExport> exports) throws InvalidRequestException {
        if (exports.size() > 1 && !daemon.severalOutputs()) {
            throw refused(
                    "outputs",
                    "the build would have " + exports.size() + " results at once ("
                            + exports.stream().map(PlannedExport::type).collect(Collectors.joining(", "))
                            + "), and the BuildKit of the " + daemon.name() + " can make one",
                    "Build once for each output, the later builds come out of the cache; or use BuildKit 0.13 or newer"
                            + " (Docker Engine 26)");
        }
    }

    InvalidRequestException refusedByStore(String option, String why) {
        return refused(
                option,
                "the " + daemon.name() + " keeps its images in Docker's classic store, and " + why,
                "Use an Engine with the containerd image store (\"features\": {\"containerd-snapshotter\": true} in its"
                        + " daemon.json), or a BuildKit daemon of its own");
    }

    InvalidRequestException refused(String option, String why, String advice) {
        return new InvalidRequestException("could not build with the option " + option, why, advice);
    }
}

package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.ByteSize;
import io.jenkins.plugins.containerbuild.engine.ownership.Age;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.volume.PruneRequest;
import io.jenkins.plugins.containerbuild.engine.volume.PruneResult;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "prune",
        description =
                "Removes volumes that nobody uses, and that are too old or take too much; only those of --controller.")
final class VolumePruneCommand extends OwnedCommand {

    @Option(
            names = "--max-age",
            paramLabel = "AGE",
            description = "Those that are older, such as 7d; 0s for all. Default: what they were created with.")
    private String maxAge;

    @Option(
            names = "--keep-bytes",
            paramLabel = "SIZE",
            description = "The oldest, until the others take no more than this, such as 20g.")
    private String keepBytes;

    @Option(
            names = "--label",
            paramLabel = "NAME[=VALUE]",
            description = "Only those with this label; may be given several times.")
    private List<String> labels = new ArrayList<>();

    private PruneRequest request;

    @Override
    void prepare(Registries registries) throws EngineException {
        request = new PruneRequest(
                controller(),
                maxAge == null ? null : Age.parse("--max-age", maxAge),
                keepBytes == null ? null : Long.valueOf(ByteSize.parse(keepBytes)),
                labels);
    }

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        PruneResult result = engine.volumes().prune(request);
        ObjectNode document = Report.object().put("freedBytes", result.freedBytes());
        document.set("removed", VolumeReport.list(result.removed()));
        ArrayNode kept = document.putArray("kept");
        result.kept()
                .forEach(volume -> kept.addObject()
                        .put("name", volume.name())
                        .put("sizeBytes", volume.sizeBytes())
                        .put("reason", volume.reason()));
        return new Report(document, VolumeReport.names(result.removed()));
    }
}

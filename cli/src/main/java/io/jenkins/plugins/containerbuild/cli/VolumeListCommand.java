package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeDetails;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeFilter;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "ls", description = "Lists the daemon's volumes with their sizes and users.")
final class VolumeListCommand extends DaemonCommand {

    private static final String ROW = "%-40s %10s  %-20s %s";

    @Option(names = "--name", paramLabel = "TEXT", description = "Only those whose names have this text.")
    private String name;

    @Option(
            names = "--label",
            paramLabel = "NAME[=VALUE]",
            description = "Only those with this label; may be given several times.")
    private List<String> labels = new ArrayList<>();

    @Option(
            names = {"-q", "--quiet"},
            description = "Print names only.")
    private boolean quiet;

    @Override
    void prepare(Registries registries) {
        // Every text is a filter.
    }

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        List<VolumeDetails> volumes = engine.volumes().list(new VolumeFilter(name, labels));
        ObjectNode document = Report.object();
        ArrayNode all = document.putArray("volumes");
        volumes.forEach(volume -> all.add(VolumeReport.details(volume)));
        return new Report(document, quiet ? names(volumes) : table(volumes));
    }

    private static String names(List<VolumeDetails> volumes) {
        return volumes.stream().map(VolumeDetails::name).map(Printable::escaped).collect(Collectors.joining("\n"));
    }

    private static String table(List<VolumeDetails> volumes) {
        List<String> rows = new ArrayList<>();
        rows.add(String.format(Locale.ROOT, ROW, "NAME", "SIZE", "CREATED", "IN USE BY"));
        for (VolumeDetails volume : volumes) {
            String users = volume.usedBy().stream().map(VolumeUser::shown).collect(Collectors.joining(", "));
            rows.add(String.format(
                            Locale.ROOT,
                            ROW,
                            Printable.escaped(volume.name()),
                            volume.sizeBytes() == null ? "" : EventText.bytes(volume.sizeBytes()),
                            volume.created() == null ? "" : volume.created(),
                            Printable.escaped(users))
                    .stripTrailing());
        }
        return String.join("\n", rows);
    }
}

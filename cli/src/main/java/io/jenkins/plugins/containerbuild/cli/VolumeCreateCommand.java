package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.ownership.Age;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeOwner;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeRequest;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeResult;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "create", description = "Makes sure that a volume is there.")
final class VolumeCreateCommand extends OwnedCommand {

    @Option(names = "--name", paramLabel = "NAME", description = "Its name. Default: one that the daemon chooses.")
    private String name;

    @Option(
            names = {"-d", "--driver"},
            paramLabel = "DRIVER",
            description = "Its driver. Default: local.")
    private String driver;

    @Option(
            names = {"-o", "--opt"},
            paramLabel = "NAME=VALUE",
            description = "An option of the driver; may be given several times.")
    private List<String> driverOpts = new ArrayList<>();

    @Option(names = "--label", paramLabel = "NAME=VALUE", description = "A label; may be given several times.")
    private List<String> labels = new ArrayList<>();

    @Option(
            names = "--owner",
            paramLabel = "UID:GID",
            description = "Who owns the root directory of an empty volume. Default: root.")
    private String owner;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "How long it lives: permanent, node, job or build. Default: permanent.")
    private String scope;

    @Option(
            names = "--max-age",
            paramLabel = "AGE",
            description = "How old it is when prune removes it, such as 7d or 36h.")
    private String maxAge;

    private VolumeRequest request;

    @Override
    void prepare(Registries registries) throws EngineException {
        request = VolumeRequest.of(name, maker())
                .driver(driver)
                .driverOpts(Pairs.read("--opt", driverOpts))
                .labels(Pairs.read("--label", labels))
                .owner(owner == null ? null : VolumeOwner.parse(owner))
                .scope(scope == null ? null : Scope.parse(scope))
                .maxAge(maxAge == null ? null : Age.parse("--max-age", maxAge))
                .build();
    }

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        VolumeResult result = engine.volumes().ensure(request);
        return new Report(
                VolumeReport.details(result.volume()).put("made", result.made()),
                result.volume().name());
    }
}

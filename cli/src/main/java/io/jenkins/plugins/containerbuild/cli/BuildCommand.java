package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.RemoteBuilders;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.build.context.RemoteContext;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderAddress;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "build", description = "Builds an image from a Dockerfile.")
final class BuildCommand extends DaemonCommand {

    @Parameters(
            paramLabel = "CONTEXT",
            description = "The directory that is sent to the daemon, or the address of a Git repository or a tarball.")
    private String context;

    @ArgGroup(validate = false, heading = "%nDockerfile:%n")
    private final DockerfileOptions dockerfile = new DockerfileOptions();

    @ArgGroup(validate = false, heading = "%nResult:%n")
    private final OutputOptions output = new OutputOptions();

    @ArgGroup(validate = false, heading = "%nFiles that tell of it:%n")
    private final ResultFiles files = new ResultFiles();

    @ArgGroup(validate = false, heading = "%nNames by rules:%n")
    private final TagRuleOptions tagRules = new TagRuleOptions();

    @ArgGroup(validate = false, heading = "%nCache:%n")
    private final CacheOptions cache = new CacheOptions();

    @ArgGroup(validate = false, heading = "%nRUN instructions:%n")
    private final RunOptions run = new RunOptions();

    @ArgGroup(validate = false, heading = "%nKind and log:%n")
    private final LogOptions log = new LogOptions();

    @ArgGroup(validate = false, heading = "%nBuilders:%n")
    private final BuilderOptions builders = new BuilderOptions();

    private BuildRequest request;
    private List<BuilderAddress> addresses;

    @Override
    void prepare(Registries registries) throws EngineException {
        boolean remote = RemoteContext.of(context).isPresent();
        BuildRequest.Builder builder = BuildRequest.of(
                        remote ? context : Path.of(context).toAbsolutePath().toString())
                .file(dockerfile.file(remote));
        for (BuildTopic topic : List.of(dockerfile, output, cache, run, log)) {
            topic.addTo(builder, registries);
        }
        tagRules.addTo(builder, output, registries);
        request = builder.build();
        addresses = builders.addresses();
        files.removeOld();
    }

    @Override
    List<ImageReference> remoteNames() {
        return request.tags();
    }

    @Override
    Report open(EndpointRequest endpoint, Registries registries, CredentialsSource credentials, EngineListener listener)
            throws EngineException, InterruptedException {
        tagRules.notes().forEach(note -> listener.on(new EngineEvent.Note(note)));
        if (addresses.isEmpty()) {
            return super.open(endpoint, registries, credentials, listener);
        }
        try (RemoteBuilders remote = RemoteBuilders.open(
                addresses, endpoint, registries, credentials, BuildSecrets.NONE, endpoint.environment(), listener)) {
            return report(remote.build(request));
        }
    }

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        return report(engine.build(request));
    }

    private Report report(BuildResult result) throws EngineException {
        files.write(result);
        return BuildReport.of(result);
    }
}

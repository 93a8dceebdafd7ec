package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.RegistryClient;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ImageDetails;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.direct.InspectRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "inspect", description = "Shows what the daemon, or a registry, knows of an image.")
final class InspectCommand extends EngineCommand {

    @Parameters(paramLabel = "IMAGE", description = "The image's id or one of its names.")
    private String image;

    @Option(names = "--remote", description = "Ask the image's registry; needs no daemon.")
    private boolean remote;

    @Option(
            names = "--platform",
            paramLabel = "PLATFORM",
            description =
                    "With --remote: which of an index's images to describe. Default: linux/amd64, else the first.")
    private String platform;

    private ImageSelector selector;
    private InspectRequest request;

    @Override
    void prepare(Registries registries) throws EngineException {
        if (remote) {
            request = new InspectRequest(registries.parse(image), platform(platform));
        } else if (platform != null) {
            throw new UsageException(
                    "could not inspect " + image, "--platform is for --remote only", "Give both or neither");
        } else {
            selector = image(registries, image);
        }
    }

    @Override
    List<ImageReference> remoteNames() {
        return remote ? List.of(request.image()) : List.of();
    }

    @Override
    Report open(EndpointRequest endpoint, Registries registries, CredentialsSource credentials, EngineListener listener)
            throws EngineException, InterruptedException {
        if (remote) {
            try (RegistryClient client = RegistryClient.open(registries, credentials, listener)) {
                return RemoteReport.of(client.inspect(request));
            }
        }
        try (ContainerEngine engine = ContainerEngine.open(endpoint, registries, credentials, listener)) {
            return report(engine.inspect(selector));
        }
    }

    private static Report report(ImageDetails details) {
        ObjectNode document = Report.object().put("imageId", details.imageId().toString());
        ArrayNode tags = document.putArray("tags");
        details.tags().forEach(tags::add);
        ArrayNode digests = document.putArray("repositoryDigests");
        details.repositoryDigests().forEach(digests::add);
        document.put("sizeBytes", details.sizeBytes());
        document.put("layerCount", details.layerCount());
        document.put("os", details.os());
        document.put("architecture", details.architecture());
        document.put("created", details.created());
        ObjectNode labels = document.putObject("labels");
        details.labels().forEach(labels::put);
        return new Report(document, document.toPrettyString());
    }
}

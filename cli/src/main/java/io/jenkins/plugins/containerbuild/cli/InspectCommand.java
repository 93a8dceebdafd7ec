package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.ImageDetails;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "inspect", description = "Shows what the daemon knows of an image.")
final class InspectCommand extends DaemonCommand {

    @Parameters(paramLabel = "IMAGE", description = "The image's id or one of its names.")
    private String image;

    private ImageSelector selector;

    @Override
    void prepare(Registries registries) throws EngineException {
        selector = image(registries, image);
    }

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        ImageDetails details = engine.inspect(selector);
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

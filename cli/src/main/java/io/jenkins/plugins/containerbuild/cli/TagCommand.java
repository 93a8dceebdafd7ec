package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.TagRequest;
import io.jenkins.plugins.containerbuild.engine.image.TagResult;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "tag", description = "Gives an image of the daemon more names.")
final class TagCommand extends DaemonCommand {

    @Parameters(index = "0", paramLabel = "IMAGE", description = "The image's id or one of its names.")
    private String image;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "REF", description = "The additional names.")
    private List<String> tags;

    private TagRequest request;

    @Override
    void prepare(Registries registries) throws EngineException {
        request = new TagRequest(image(registries, image), references(registries, tags));
    }

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        TagResult result = engine.tag(request);
        var document = Report.object().put("imageId", result.imageId().toString());
        document.set("tags", Report.names(result.tags()));
        return new Report(document, result.imageId().toString());
    }
}

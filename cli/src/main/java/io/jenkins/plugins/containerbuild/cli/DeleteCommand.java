package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.RegistryClient;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DeleteRequest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DeleteResult;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DeletionPolicy;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        description =
                "Deletes an image in its registry by its digest, with every tag that leads there. Needs no daemon.")
final class DeleteCommand extends RegistryCommand {

    @Parameters(paramLabel = "IMAGE", description = "The image, by tag or by digest.")
    private String image;

    @Option(
            names = "--protect",
            paramLabel = "PATTERN",
            description = "Names with tags that must stay, such as *:latest; may be given several times.")
    private List<String> patterns = new ArrayList<>();

    private DeleteRequest request;

    @Override
    void prepare(Registries registries) throws EngineException {
        try {
            request = new DeleteRequest(registries.parse(image), DeletionPolicy.of(patterns));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("could not delete " + image, e.getMessage(), "", e);
        }
    }

    @Override
    List<ImageReference> remoteNames() {
        return List.of(request.image());
    }

    @Override
    Report run(RegistryClient client) throws EngineException, InterruptedException {
        DeleteResult result = client.delete(request);
        ObjectNode document = Report.object()
                .put("image", result.image().familiar())
                .put("digest", result.digest().toString());
        ArrayNode tags = document.putArray("tags");
        result.tags().forEach(tags::add);
        return new Report(document, result.digest().toString());
    }
}

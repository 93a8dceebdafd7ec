package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.RegistryClient;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.direct.RemoteTags;
import io.jenkins.plugins.containerbuild.engine.registry.direct.TagListRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "images", description = "Lists the tags of a repository in its registry. Needs no daemon.")
final class ImagesCommand extends RegistryCommand {

    @Parameters(paramLabel = "REPOSITORY", description = "The repository, without tag and digest.")
    private String repository;

    @Option(
            names = "--filter",
            paramLabel = "PATTERN",
            description = "Only tags that fit: * stands for any text, ? for one character.")
    private String filter;

    private TagListRequest request;

    @Override
    void prepare(Registries registries) throws EngineException {
        request = TagListRequest.of(registries.parse(repository), filter);
    }

    @Override
    List<ImageReference> remoteNames() {
        return List.of(request.repository());
    }

    @Override
    Report run(RegistryClient client) throws EngineException, InterruptedException {
        RemoteTags result = client.tags(request);
        ObjectNode document =
                Report.object().put("repository", result.repository().familiar());
        ArrayNode tags = document.putArray("tags");
        result.tags().forEach(tags::add);
        return new Report(
                document, result.tags().isEmpty() ? null : String.join(System.lineSeparator(), result.tags()));
    }
}

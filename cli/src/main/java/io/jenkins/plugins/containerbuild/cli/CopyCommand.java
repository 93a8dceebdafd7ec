package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.RegistryClient;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.direct.CopyRequest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.CopyResult;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "copy",
        description = "Copies an image with all its platforms from one name in a registry to others. Needs no daemon.")
final class CopyCommand extends RegistryCommand {

    @Parameters(index = "0", paramLabel = "FROM", description = "The image, by tag or by digest.")
    private String from;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "TO", description = "The names that it gets.")
    private List<String> to;

    @Option(
            names = "--referrers",
            description = "Bring along what refers to the image: signatures, SBOMs, attestations.")
    private boolean referrers;

    private CopyRequest request;

    @Override
    void prepare(Registries registries) throws EngineException {
        request = new CopyRequest(registries.parse(from), references(registries, to), referrers);
    }

    @Override
    List<ImageReference> remoteNames() {
        return request.to();
    }

    @Override
    Report run(RegistryClient client) throws EngineException, InterruptedException {
        CopyResult result = client.copy(request);
        ObjectNode document = Report.object().put("digest", result.digest().toString());
        document.set("pushed", Report.pushed(result.pushed()));
        ArrayNode brought = document.putArray("referrers");
        result.referrers().forEach(digest -> brought.add(digest.toString()));
        document.put("transferredBytes", result.transferredBytes());
        document.put("durationMillis", result.duration().toMillis());
        return new Report(
                document,
                result.pushed().stream()
                        .map(PushedReference::pinned)
                        .map(ImageReference::familiar)
                        .collect(Collectors.joining(System.lineSeparator())));
    }
}

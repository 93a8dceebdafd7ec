package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Exporter;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveRequest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts the image among those of the Docker Engine that BuildKit is part of. */
final class EngineExport implements SolvePart {

    private static final String EXPORTER = "moby";

    private final BuildRequest request;

    EngineExport(BuildRequest request) {
        this.request = request;
    }

    @Override
    public void addTo(SolveRequest.Builder solve) throws InvalidRequestException {
        Map<String, String> attributes = attributes();
        // Old daemons read the first two alone; newer ones the list, where there is one.
        solve.setExporterDeprecated(EXPORTER)
                .putAllExporterAttrsDeprecated(attributes)
                .addExporters(Exporter.newBuilder().setType(EXPORTER).putAllAttrs(attributes));
    }

    private Map<String, String> attributes() throws InvalidRequestException {
        List<String> names = new ArrayList<>();
        for (ImageReference tag : request.tags()) {
            names.add(ImageStore.tagged(tag).canonical());
        }
        return names.isEmpty() ? Map.of() : Map.of("name", String.join(",", names));
    }
}

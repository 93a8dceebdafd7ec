package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The exporters of an Engine with its classic image store: its own, and files. What is pushed, the Engine pushes. */
final class ClassicStoreExports {

    private static final Set<String> KNOWN = Set.of("name", "push");

    private final BuildRequest request;
    private final OutputRules rules;

    ClassicStoreExports(BuildRequest request, OutputRules rules) {
        this.request = request;
        this.rules = rules;
    }

    ExportPlan plan() throws InvalidRequestException {
        boolean image = request.push()
                || request.outputs().stream().anyMatch(BuildOutput::isImage)
                || (request.load() == null ? request.outputs().isEmpty() : request.load());
        refuseWhatTheStoreCannotHold(image);
        List<PlannedExport> exports = new ArrayList<>();
        for (BuildOutput output : request.outputs()) {
            if (output.isFile()) {
                exports.add(new PlannedExport(output.type(), output.attributes(), output));
            }
        }
        if (image) {
            exports.add(new PlannedExport("moby", named(), null));
        }
        boolean unwanted = request.push() && Boolean.FALSE.equals(request.load());
        return new ExportPlan(
                exports,
                image,
                List.of(),
                unwanted
                        ? List.of("The image stays among the daemon's images in spite of load=false: with its classic"
                                + " image store that is where a push begins")
                        : List.of());
    }

    private void refuseWhatTheStoreCannotHold(boolean image) throws InvalidRequestException {
        for (BuildOutput output : request.outputs()) {
            if (output.isFile() && (output.type().equals("oci") || output.type().equals("docker"))) {
                throw rules.refusedByStore(
                        "outputs with type=" + output.type(), "its BuildKit writes files alone (type local and tar)");
            }
            if (output.isImage()) {
                for (String attribute : output.attributes().keySet()) {
                    if (!KNOWN.contains(attribute)) {
                        throw rules.refusedByStore("outputs with " + attribute, "its BuildKit does not know that");
                    }
                }
            }
        }
        if (!request.annotations().isEmpty()) {
            throw rules.refusedByStore("annotations", "that holds no annotations");
        }
        if (image && request.platforms().size() > 1) {
            throw rules.refusedByStore(
                    "platforms with " + request.platforms().size() + " platforms",
                    "that holds one platform of an image");
        }
        if (image && !request.attests().isEmpty()) {
            throw rules.refusedByStore(String.join(" and ", request.attests().keySet()), "that holds no attestations");
        }
    }

    private Map<String, String> named() throws InvalidRequestException {
        Set<ImageReference> names = new LinkedHashSet<>();
        for (ImageReference tag : request.tags()) {
            names.add(ImageStore.tagged(tag));
        }
        for (BuildOutput output : request.outputs()) {
            for (ImageReference name : output.names()) {
                names.add(ImageStore.tagged(name));
            }
        }
        return names.isEmpty()
                ? Map.of()
                : Map.of("name", names.stream().map(ImageReference::canonical).collect(Collectors.joining(",")));
    }
}

package io.jenkins.plugins.containerbuild.engine.build.classic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.build.ExtraHost;
import io.jenkins.plugins.containerbuild.engine.build.Ulimit;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import java.util.List;
import java.util.Objects;

/** Spells a build request as the parameters of the Engine API's {@code POST /build}. */
final class BuildQuery {

    private final ObjectMapper json = new ObjectMapper();
    private final BuildRequest request;

    BuildQuery(BuildRequest request) {
        this.request = request;
    }

    /**
     * @param dockerfile the Dockerfile's name inside the context that is sent
     * @throws InvalidRequestException when a tag has a digest, or an option cannot be read
     */
    DaemonRequest toDaemonRequest(String dockerfile) throws InvalidRequestException {
        DaemonRequest call = DaemonRequest.post("/build")
                .header("Content-Type", "application/x-tar")
                .query("dockerfile", dockerfile)
                .query("target", request.target())
                .query(
                        "platform",
                        request.platforms().isEmpty()
                                ? null
                                : request.platforms().get(0).toString())
                .query("networkmode", request.network())
                .query(
                        "shmsize",
                        request.shmSize() == null ? null : request.shmSize().toString())
                .query("cgroupparent", request.cgroupParent())
                .query("nocache", request.noCache() ? "1" : null)
                .query("pull", request.pull() ? "1" : null)
                .query("rm", "1")
                .query("forcerm", "1")
                .query("buildargs", text(json.valueToTree(request.buildArgs())))
                .query("labels", text(json.valueToTree(request.labels())))
                .query("ulimits", text(ulimits()))
                .query("cachefrom", text(json.valueToTree(cacheImages())));
        for (String text : request.addHosts()) {
            ExtraHost host = ExtraHost.parse(text);
            call.query("extrahosts", host.name() + ':' + host.address());
        }
        for (ImageReference tag : request.tags()) {
            ImageReference tagged = ImageStore.tagged(tag);
            call.query("t", tagged.canonical());
        }
        return call;
    }

    private List<String> cacheImages() {
        return request.cacheFrom().stream()
                .map(CacheOption::reference)
                .filter(Objects::nonNull)
                .toList();
    }

    private ArrayNode ulimits() {
        ArrayNode all = json.createArrayNode();
        for (Ulimit ulimit : request.ulimits()) {
            all.addObject()
                    .put("Name", ulimit.name())
                    .put("Soft", ulimit.soft())
                    .put("Hard", ulimit.hard());
        }
        return all;
    }

    private static String text(JsonNode node) {
        return node.isEmpty() ? null : node.toString();
    }
}

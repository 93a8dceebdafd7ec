package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.Ulimit;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Exporter;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveRequest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Spells a build request as BuildKit's Dockerfile frontend and the Engine's exporter want it. */
final class SolveOptions {

    private static final String FRONTEND = "dockerfile.v0";
    private static final String EXPORTER = "moby";
    private static final Set<String> NETWORKS = Set.of("default", "host", "none");

    private final BuildRequest request;

    SolveOptions(BuildRequest request) {
        this.request = request;
    }

    /**
     * @param reference under which the daemon tells of the build's progress
     * @param session where the daemon finds the context
     * @param dockerfile the Dockerfile's name in its directory
     * @throws InvalidRequestException when an option cannot be built with
     */
    SolveRequest toSolveRequest(String reference, String session, String dockerfile) throws InvalidRequestException {
        Map<String, String> exporter = exporterAttributes();
        return SolveRequest.newBuilder()
                .setRef(reference)
                .setSession(session)
                .setFrontend(FRONTEND)
                .putAllFrontendAttrs(frontendAttributes(dockerfile))
                .addAllEntitlements("host".equals(request.network()) ? List.of("network.host") : List.of())
                // Old daemons read these two alone; newer ones the list, where there is one.
                .setExporterDeprecated(EXPORTER)
                .putAllExporterAttrsDeprecated(exporter)
                .addExporters(Exporter.newBuilder().setType(EXPORTER).putAllAttrs(exporter))
                .build();
    }

    private Map<String, String> exporterAttributes() throws InvalidRequestException {
        List<String> names = new ArrayList<>();
        for (ImageReference tag : request.tags()) {
            names.add(ImageStore.tagged(tag).canonical());
        }
        return names.isEmpty() ? Map.of() : Map.of("name", String.join(",", names));
    }

    private Map<String, String> frontendAttributes(String dockerfile) throws InvalidRequestException {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("filename", dockerfile);
        put(attributes, "target", request.target());
        request.buildArgs().forEach((name, value) -> attributes.put("build-arg:" + name, value));
        request.labels().forEach((name, value) -> attributes.put("label:" + name, value));
        put(
                attributes,
                "platform",
                request.platform() == null ? null : request.platform().toString());
        // Without it, an image that the daemon holds already is good enough.
        attributes.put("image-resolve-mode", request.pull() ? "pull" : "default");
        // Empty means every stage.
        put(attributes, "no-cache", request.noCache() ? "" : null);
        put(attributes, "force-network-mode", network());
        put(attributes, "add-hosts", hosts());
        put(
                attributes,
                "shm-size",
                request.shmSize() == null ? null : request.shmSize().toString());
        put(attributes, "ulimit", ulimits());
        put(attributes, "cache-from", request.cacheFrom().isEmpty() ? null : String.join(",", request.cacheFrom()));
        return attributes;
    }

    private static void put(Map<String, String> attributes, String name, String value) {
        if (value != null) {
            attributes.put(name, value);
        }
    }

    private String network() throws InvalidRequestException {
        String network = request.network();
        if (network == null || network.isEmpty() || network.equals("default")) {
            return null;
        }
        if (!NETWORKS.contains(network)) {
            throw new InvalidRequestException(
                    "could not use the network '" + network + "'",
                    "BuildKit runs a build's commands in no network of the Engine's",
                    "Use default, host or none, or build without DOCKER_BUILDKIT=1");
        }
        return network;
    }

    /** BuildKit wants {@code host=ip}. An IPv6 address has colons of its own, so the first one parts. */
    private String hosts() throws InvalidRequestException {
        List<String> hosts = new ArrayList<>();
        for (String host : request.addHosts()) {
            int colon = host.indexOf(':');
            String address = host.substring(colon + 1);
            if (address.equals("host-gateway")) {
                throw new InvalidRequestException(
                        "could not use the option addHosts with '" + host + "'",
                        "host-gateway is not supported with BuildKit yet",
                        "Give the gateway's address, or build without DOCKER_BUILDKIT=1");
            }
            hosts.add(host.substring(0, colon) + '=' + address);
        }
        return hosts.isEmpty() ? null : String.join(",", hosts);
    }

    private String ulimits() {
        return request.ulimits().isEmpty()
                ? null
                : request.ulimits().stream().map(SolveOptions::spelled).collect(Collectors.joining(","));
    }

    private static String spelled(Ulimit ulimit) {
        return ulimit.name() + '=' + ulimit.soft() + ':' + ulimit.hard();
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.ExtraHost;
import io.jenkins.plugins.containerbuild.engine.build.Ulimit;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.BuilderAbilities;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.ImageHome;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Spells the options of a build that BuildKit's Dockerfile frontend reads. */
final class FrontendOptions implements SolvePart {

    private static final String FRONTEND = "dockerfile.v0";
    private static final String HOST = "host";
    private static final Set<String> NETWORKS = Set.of("default", HOST, "none");

    private final BuildRequest request;
    private final BuilderAbilities daemon;

    FrontendOptions(BuildRequest request, BuilderAbilities daemon) {
        this.request = request;
        this.daemon = daemon;
    }

    @Override
    public void addTo(SolveRequest.Builder solve) throws InvalidRequestException {
        solve.setFrontend(FRONTEND).putAllFrontendAttrs(attributes());
        Set<String> entitlements = new LinkedHashSet<>(request.allow());
        if (HOST.equals(request.network())) {
            entitlements.add("network.host");
        }
        solve.addAllEntitlements(entitlements);
    }

    private Map<String, String> attributes() throws InvalidRequestException {
        Map<String, String> attributes = new LinkedHashMap<>();
        put(attributes, "target", request.target());
        request.buildArgs().forEach((name, value) -> attributes.put("build-arg:" + name, value));
        request.labels().forEach((name, value) -> attributes.put("label:" + name, value));
        put(attributes, "platform", joined(request.platforms()));
        // Without it, an image that the daemon holds already is good enough.
        attributes.put("image-resolve-mode", request.pull() ? "pull" : "default");
        // Empty means every stage.
        put(attributes, "no-cache", request.noCache() ? "" : joined(request.noCacheFilters()));
        put(attributes, "force-network-mode", network());
        put(attributes, "add-hosts", hosts());
        put(
                attributes,
                "shm-size",
                request.shmSize() == null ? null : request.shmSize().toString());
        put(attributes, "ulimit", ulimits());
        put(attributes, "cgroup-parent", request.cgroupParent());
        request.attests().forEach((type, fields) -> attributes.put("attest:" + type, fields));
        return attributes;
    }

    private static String joined(List<?> values) {
        return values.isEmpty() ? null : values.stream().map(Object::toString).collect(Collectors.joining(","));
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
                    daemon.home() == ImageHome.STANDALONE
                            ? "Use default, host or none"
                            : "Use default, host or none, or set DOCKER_BUILDKIT=0 to build with the classic builder");
        }
        return network;
    }

    /** BuildKit wants {@code host=ip}. */
    private String hosts() throws InvalidRequestException {
        List<String> hosts = new ArrayList<>();
        for (String text : request.addHosts()) {
            ExtraHost host = ExtraHost.parse(text);
            String address = host.address().equals("host-gateway") ? hostGateway(text) : host.address();
            hosts.add(host.name() + '=' + address);
        }
        return hosts.isEmpty() ? null : String.join(",", hosts);
    }

    private String hostGateway(String host) throws InvalidRequestException {
        if (daemon.hostGateway() == null) {
            throw new InvalidRequestException(
                    "could not use the option addHosts with '" + host + "'",
                    "the " + daemon.name() + " does not tell which address host-gateway is",
                    daemon.home() == ImageHome.STANDALONE
                            ? "Give the address itself"
                            : "Give the address itself, use Docker Engine 25.0 or newer, or set DOCKER_BUILDKIT=0 to build"
                                    + " with the classic builder");
        }
        return daemon.hostGateway();
    }

    private String ulimits() {
        return request.ulimits().isEmpty()
                ? null
                : request.ulimits().stream().map(FrontendOptions::spelled).collect(Collectors.joining(","));
    }

    private static String spelled(Ulimit ulimit) {
        return ulimit.name() + '=' + ulimit.soft() + ':' + ulimit.hard();
    }
}

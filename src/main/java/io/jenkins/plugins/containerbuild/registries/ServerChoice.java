package io.jenkins.plugins.containerbuild.registries;

import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the Docker server that a build means. */
final class ServerChoice {

    private final List<ConfiguredServer> servers;

    ServerChoice(List<ConfiguredServer> servers) {
        this.servers = servers;
    }

    EndpointRequest endpointFor(String name, Run<?, ?> run, Map<String, String> environment) throws EngineException {
        Optional<ConfiguredServer> server = Util.fixEmptyAndTrim(name) == null
                ? servers.stream().filter(ConfiguredServer::isDefaultServer).findFirst()
                : Optional.of(named(name.trim()));
        if (server.isEmpty()) {
            return EndpointRequest.fromEnvironment(environment);
        }
        ConfiguredServer chosen = server.get();
        return new EndpointRequest(
                chosen.getUri(), ServerCertificates.inRun(CertificateUse.of(chosen), run), environment);
    }

    private ConfiguredServer named(String name) throws InvalidRequestException {
        return servers.stream()
                .filter(server -> server.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException(
                        "could not use the Docker server '" + name + "'",
                        "no Docker server has this name",
                        servers.isEmpty()
                                ? "Add it under Manage Jenkins, Container builds, or choose none"
                                : "Known are: "
                                        + String.join(
                                                ", ",
                                                servers.stream()
                                                        .map(ConfiguredServer::getName)
                                                        .toList())));
    }
}

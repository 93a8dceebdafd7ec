package io.jenkins.plugins.containerbuild.registries;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the Docker server that a build means. */
final class ServerChoice {

    private final List<ConfiguredServer> servers;

    ServerChoice(List<ConfiguredServer> servers) {
        this.servers = servers;
    }

    /** Looks certificates up, in whatever scope. */
    interface Certificates {
        @CheckForNull
        TlsMaterial of(CertificateUse use) throws EngineException;
    }

    EndpointRequest endpointFor(String name, Certificates certificates, Map<String, String> environment)
            throws EngineException {
        Optional<ConfiguredServer> server = Util.fixEmptyAndTrim(name) == null
                ? servers.stream().filter(ConfiguredServer::isDefaultServer).findFirst()
                : Optional.of(named(name.trim()));
        if (server.isEmpty()) {
            return EndpointRequest.fromEnvironment(environment);
        }
        ConfiguredServer chosen = server.get();
        return new EndpointRequest(chosen.getUri(), certificates.of(CertificateUse.of(chosen)), environment);
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

package io.jenkins.plugins.containerbuild.registries;

import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderAddress;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import java.util.List;
import java.util.Optional;

/** Finds the builder that a build means. */
final class BuilderLookup {

    private final List<ConfiguredBuilder> builders;

    BuilderLookup(List<ConfiguredBuilder> builders) {
        this.builders = builders;
    }

    /**
     * @param name the builder's name, or null
     * @param server the Docker server that the build names, or null; who names one wants no default builder
     * @return where its daemons listen, in the order in which they are tried; empty to build on a Docker Engine
     */
    List<BuilderAddress> addressesFor(String name, String server, Run<?, ?> run) throws EngineException {
        Optional<ConfiguredBuilder> builder = Util.fixEmptyAndTrim(name) != null
                ? Optional.of(named(name.trim()))
                : Util.fixEmptyAndTrim(server) != null
                        ? Optional.empty()
                        : builders.stream()
                                .filter(ConfiguredBuilder::isDefaultBuilder)
                                .findFirst();
        if (builder.isEmpty()) {
            return List.of();
        }
        TlsMaterial tls = ServerCertificates.inRun(CertificateUse.of(builder.get()), run);
        return builder.get().addresses().stream()
                .map(uri -> new BuilderAddress(uri, tls))
                .toList();
    }

    private ConfiguredBuilder named(String name) throws InvalidRequestException {
        return builders.stream()
                .filter(builder -> builder.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException(
                        "could not use the builder '" + name + "'",
                        "no builder has this name",
                        builders.isEmpty()
                                ? "Add it under Manage Jenkins, Container builds, or choose none"
                                : "Known are: "
                                        + String.join(
                                                ", ",
                                                builders.stream()
                                                        .map(ConfiguredBuilder::getName)
                                                        .toList())));
    }
}

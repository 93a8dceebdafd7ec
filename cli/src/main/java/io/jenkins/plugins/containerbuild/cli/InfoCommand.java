package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineInfo;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import picocli.CommandLine.Command;

@Command(name = "info", description = "Finds the daemon and shows what it is.")
final class InfoCommand extends DaemonCommand {

    @Override
    void prepare(Registries registries) {
        // Nothing on the command line but what all commands share.
    }

    @Override
    Report run(ContainerEngine engine) {
        EngineInfo info = engine.info();
        ObjectNode document = Report.object()
                .put("uri", info.uri())
                .put("source", info.source())
                .put("product", info.product())
                .put("version", info.version())
                .put("apiVersion", info.apiVersion())
                .put("serverApiVersion", info.serverApiVersion())
                .put("serverMinApiVersion", info.serverMinApiVersion())
                .put("os", info.os())
                .put("architecture", info.architecture());
        return new Report(document, document.toPrettyString());
    }
}

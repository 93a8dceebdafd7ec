package io.jenkins.plugins.containerbuild.registries;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.RegistryClient;
import io.jenkins.plugins.containerbuild.engine.RemoteBuilders;
import io.jenkins.plugins.containerbuild.engine.build.BuilderInfo;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderAddress;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineInfo;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.probe.ProbeResult;
import io.jenkins.plugins.containerbuild.engine.registry.probe.RegistryProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.util.SetContextClassLoader;

/**
 * What the page's test buttons do, from the controller. Callers check the permission. Words of a registry or daemon
 * reach the page escaped.
 */
final class ConnectionTests {

    private ConnectionTests() {}

    static FormValidation registry(ConfiguredRegistry registry, @CheckForNull Item folder) throws InterruptedException {
        try {
            RegistryEntry entry = registry.toEntry(false);
            CredentialsSource credentials = new GlobalCredentials(folder);
            ProbeResult result = new RegistryProbe(credentials)
                    .probe(entry, credentials.credentialsFor(entry).orElse(null));
            return shown(result, result.ok() ? quota(entry, credentials) : "");
        } catch (EngineException e) {
            return FormValidation.error(sentence(e.getMessage()));
        }
    }

    /** What is left of the pulls that the registry grants, as a sentence; empty where it tells of no limit. */
    private static String quota(RegistryEntry entry, CredentialsSource credentials) throws InterruptedException {
        try (RegistryClient client = RegistryClient.open(Registries.of(List.of(entry)), credentials, event -> {})) {
            return client.quota(entry)
                    .map(quota -> ' ' + sentence(quota.words()))
                    .orElse("");
        }
    }

    private static FormValidation shown(ProbeResult result, String more) {
        String markup = Util.xmlEscape(sentence(result.message()) + more);
        if (result.daemonJson() != null) {
            markup += "<pre>" + Util.xmlEscape(result.daemonJson()) + "</pre>";
        }
        return result.ok() ? FormValidation.okWithMarkup(markup) : FormValidation.errorWithMarkup(markup);
    }

    static FormValidation server(ConfiguredServer server) throws InterruptedException {
        try (SetContextClassLoader ignored = new SetContextClassLoader(ConnectionTests.class)) {
            ConfigurationRules.checkUri(server.getUri());
            EndpointRequest endpoint = new EndpointRequest(
                    server.getUri(), ServerCertificates.global(CertificateUse.of(server)), Map.of());
            try (ContainerEngine engine =
                    ContainerEngine.open(endpoint, Registries.none(), CredentialsSource.ANONYMOUS, event -> {})) {
                EngineInfo info = engine.info();
                return FormValidation.ok(Messages.ConnectionTests_server(
                        info.product(), info.version(), info.apiVersion(), info.os(), info.architecture()));
            }
        } catch (IllegalArgumentException | EngineException e) {
            return FormValidation.error(sentence(e.getMessage()));
        }
    }

    static FormValidation builder(ConfiguredBuilder builder) throws InterruptedException {
        try (SetContextClassLoader ignored = new SetContextClassLoader(ConnectionTests.class)) {
            ConfigurationRules.checkBuilderUris(builder.addresses());
            TlsMaterial tls = ServerCertificates.global(CertificateUse.of(builder));
            List<FormValidation> answers = new ArrayList<>();
            for (String uri : builder.addresses()) {
                answers.add(builder(new BuilderAddress(uri, tls)));
            }
            return answers.size() == 1 ? answers.get(0) : FormValidation.aggregate(answers);
        } catch (IllegalArgumentException | EngineException e) {
            return FormValidation.error(sentence(e.getMessage()));
        }
    }

    private static FormValidation builder(BuilderAddress address) throws InterruptedException {
        try {
            BuilderInfo info = RemoteBuilders.check(address);
            String workers = info.workers().stream()
                    .map(worker -> worker.id() + (worker.kind().isEmpty() ? "" : " (" + worker.kind() + ")"))
                    .collect(Collectors.joining(", "));
            return FormValidation.ok(Messages.ConnectionTests_builder(
                    info.uri(), info.version(), String.join(", ", info.platforms()), workers));
        } catch (EngineException e) {
            return FormValidation.error(sentence(e.getMessage()));
        }
    }

    /** The engine's messages are parts of sentences, for logs; a page shows whole ones. */
    private static String sentence(String message) {
        String begun = message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1);
        return begun.endsWith(".") ? begun : begun + '.';
    }
}

package io.jenkins.plugins.containerbuild.engine.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Builds for a registry that daemons refuse and whose entry allows plain HTTP. */
abstract class BuildsPastDaemon {

    static TestRegistry strict;

    @TempDir
    Path folder;

    final String repository = "past/" + UUID.randomUUID();

    @BeforeAll
    static void startRegistry() {
        strict = TestRegistry.startWhereTlsIsWanted(RegistryKind.PLAIN);
    }

    @AfterAll
    static void stopRegistry() {
        if (strict != null) {
            strict.close();
        }
    }

    EngineUnderTest under(TestEngine daemon) throws Exception {
        return EngineUnderTest.at(
                new EndpointRequest(daemon.uri().toString(), null, Map.of("XDG_CACHE_HOME", folder.toString())),
                Registries.of(List.of(new RegistryEntry(
                        "lab", RegistryAddress.parse(strict.address()), null, null, true, false, false))),
                CredentialsSource.ANONYMOUS);
    }

    BuildRequest.Builder request(TestRegistry registry, PushVia via, String... tags) throws Exception {
        return BuildRequest.of(folder.toString())
                .root(folder.toString())
                .tags(List.of(tags).stream()
                        .map(tag -> ImageReference.parse(registry.address() + "/" + repository + ":" + tag))
                        .toList())
                .push(true)
                .via(via);
    }

    static JsonNode manifest(TestRegistry registry, String repository, Object reference) throws Exception {
        return new ObjectMapper()
                .readTree(registry.manifest(repository, reference.toString()).orElseThrow());
    }
}

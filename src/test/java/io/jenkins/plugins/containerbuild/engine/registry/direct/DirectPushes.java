package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageDetails;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.PullRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PushRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PushResult;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.FaultProxy;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of real daemons, pushed past them, beside the daemons' own pushes; on several kinds. */
abstract class DirectPushes {

    @TempDir
    private Path folder;

    /** A machine of its own: it remembers what it pushed in this folder. */
    static EngineUnderTest machine(TestEngine daemon, Path remembers) throws Exception {
        return machine(daemon, remembers, Registries.none(), CredentialsSource.ANONYMOUS);
    }

    static EngineUnderTest machine(
            TestEngine daemon, Path remembers, Registries registries, CredentialsSource credentials) throws Exception {
        return EngineUnderTest.at(
                new EndpointRequest(daemon.uri().toString(), null, Map.of("XDG_CACHE_HOME", remembers.toString())),
                registries,
                credentials);
    }

    static PushRequest request(Digest image, PushVia via, String... names) {
        return new PushRequest(
                ImageSelector.ofId(image),
                List.of(names).stream().map(ImageReference::parse).toList(),
                via);
    }

    /** Builds an image of which only the last layer and the configuration depend on the last argument. */
    static Digest build(EngineUnderTest under, TestEngine daemon, Path context, String base, String last)
            throws Exception {
        Files.createDirectories(context);
        Files.writeString(context.resolve("base"), base.repeat(10_000));
        Files.writeString(context.resolve("last"), last);
        dockerfile(context, "FROM base:1", "COPY base /a", "COPY base /b", "RUN true", "RUN true", "COPY last /last");
        return under.engine()
                .build(BuildRequest.of(context.toString())
                        .root(context.toString())
                        .network(daemon.kind() == EngineKind.PODMAN_5 ? "host" : null)
                        .build())
                .imageId();
    }

    private static JsonNode json(TestRegistry registry, String repository, String reference) throws Exception {
        return new ObjectMapper()
                .readTree(registry.manifest(repository, reference).orElseThrow());
    }

    @Test
    void pushesTheSameImageAsTheDaemonOnlyOnce(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        String repository = "direct/" + UUID.randomUUID();
        try (FaultProxy watched = FaultProxy.inFrontOf(registry)) {
            String name = watched.address() + "/" + repository;
            Digest image;
            Digest changed;
            try (EngineUnderTest under = machine(daemon, folder.resolve("one"))) {
                String base = UUID.randomUUID().toString();
                image = build(under, daemon, folder.resolve("context"), base, "first");
                changed = build(under, daemon, folder.resolve("context"), base, "second");
                PushResult first = under.engine().push(request(image, PushVia.AGENT, name + ":1", name + ":latest"));

                Digest digest = first.pushed().get(0).digest();
                assertThat(first.imageId()).isEqualTo(image);
                assertThat(first.pushed())
                        .extracting(pushed -> pushed.reference().familiar())
                        .containsExactly(name + ":1", name + ":latest");
                assertThat(registry.manifestDigest(repository, "1")).hasValue(digest.toString());
                assertThat(registry.manifestDigest(repository, "latest")).hasValue(digest.toString());
            }
            long sent = watched.count("PUT", "/blobs/uploads/");
            try (EngineUnderTest under = machine(daemon, folder.resolve("one"))) {
                under.engine().push(request(image, PushVia.AGENT, name + ":1"));
                assertThat(watched.count("PUT", "/blobs/uploads/")).isEqualTo(sent);

                under.engine().push(request(changed, PushVia.AGENT, name + ":2"));
                assertThat(watched.count("PUT", "/blobs/uploads/"))
                        .isLessThanOrEqualTo(sent + 2 + indexParts(registry, repository));
            }
            // A machine that knows nothing learns from what is there.
            sent = watched.count("PUT", "/blobs/uploads/");
            try (EngineUnderTest under = machine(daemon, folder.resolve("other"))) {
                under.engine().push(request(changed, PushVia.AGENT, name + ":2"));
                assertThat(watched.count("PUT", "/blobs/uploads/")).isEqualTo(sent);
            }
            compareWithTheDaemons(daemon, registry, repository, image);
            runs(daemon, registry.address() + "/" + repository + ":2", changed);
        }
    }

    /** Besides layer and configuration, an index may bring an attestation with a configuration of its own. */
    private static int indexParts(TestRegistry registry, String repository) throws Exception {
        return json(registry, repository, "1").has("manifests") ? 2 : 0;
    }

    private void compareWithTheDaemons(TestEngine daemon, TestRegistry registry, String repository, Digest image)
            throws Exception {
        String other = "engine/" + UUID.randomUUID();
        try (EngineUnderTest under = machine(daemon, folder.resolve("one"))) {
            Digest byDaemon = under.engine()
                    .push(request(image, PushVia.ENGINE, registry.address() + "/" + other + ":1"))
                    .pushed()
                    .get(0)
                    .digest();
            JsonNode theirs = json(registry, other, byDaemon.toString());
            JsonNode ours = json(registry, repository, "1");
            assertThat(ours.path("config").path("digest"))
                    .isEqualTo(theirs.path("config").path("digest"));
            assertThat(ours.path("layers")).hasSize(theirs.path("layers").size());
            if (daemon.kind() == EngineKind.ENGINE_26_CONTAINERD) {
                assertThat(ours).isEqualTo(theirs);
                assertThat(byDaemon).isEqualTo(image);
            } else {
                assertThat(ours.path("config").path("digest").asText()).isEqualTo(image.toString());
            }
            // Where a registry has the daemon's own layers, these are what the image consists of.
            PushResult again = machineThatKnowsNothing(daemon, registry.address() + "/" + other + ":1", image);
            if (daemon.kind() != EngineKind.PODMAN_5) {
                assertThat(again.pushed().get(0).digest()).isEqualTo(byDaemon);
            }
        }
    }

    private PushResult machineThatKnowsNothing(TestEngine daemon, String name, Digest image) throws Exception {
        try (EngineUnderTest under = machine(daemon, folder.resolve("new"))) {
            return under.engine().push(request(image, PushVia.AGENT, name));
        }
    }

    private void runs(TestEngine daemon, String name, Digest image) throws Exception {
        try (EngineUnderTest under = machine(daemon, folder.resolve("one"))) {
            daemon.removeImage(image.toString());
            Digest pulled = under.engine()
                    .pull(new PullRequest(ImageReference.parse(name), null))
                    .imageId();
            assertThat(pulled).isEqualTo(image);
            ImageDetails details = under.engine().inspect(ImageSelector.ofId(pulled));
            assertThat(details.layerCount()).isGreaterThan(2);
            String container = daemon.client()
                    .createContainerCmd(name)
                    .withCmd("cat", "/last")
                    .exec()
                    .getId();
            daemon.client().startContainerCmd(container).exec();
            assertThat(daemon.client().waitContainerCmd(container).start().awaitStatusCode())
                    .isZero();
            daemon.client().removeContainerCmd(container).exec();
        }
    }
}

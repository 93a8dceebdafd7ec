package io.jenkins.plugins.containerbuild.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.BuildStep;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderAddress;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestAuthority;
import io.jenkins.plugins.containerbuild.testkit.TestBuilder;
import io.jenkins.plugins.containerbuild.testkit.TestBuildkitd;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** On {@code buildkitd} itself, where the machine has one. */
class RemoteBuildsOnBuildkitdIT extends RemoteBuilds {

    @Override
    TestBuilder builder() {
        return TestBuildkitd.launch();
    }

    @Test
    void buildsOverTlsWithCertificatesOfBothSides() throws Exception {
        TestAuthority authority = TestAuthority.in(folder.resolve("tls"));
        TestAuthority.Identity server = authority.server("server", "IP:127.0.0.1");
        TestAuthority.Identity client = authority.client("client");
        TestAuthority.Identity stranger =
                TestAuthority.in(folder.resolve("other")).client("client");
        Path context = context("RUN echo built over TLS");
        try (TestBuilder builder = TestBuildkitd.launch(
                "--tlscert", server.certificate().toString(),
                "--tlskey", server.key().toString(),
                "--tlscacert", authority.certificate().toString())) {
            TlsMaterial right =
                    new TlsMaterial(authority.certificateText(), client.certificateText(), Secret.of(client.keyText()));
            TlsMaterial none = new TlsMaterial(authority.certificateText(), null, null);
            TlsMaterial wrong = new TlsMaterial(
                    authority.certificateText(), stranger.certificateText(), Secret.of(stranger.keyText()));

            build(toFiles(context), new BuilderAddress(builder.address(), right));

            assertThat(log()).contains("built over TLS").doesNotContain("without TLS");
            assertThat(failure(builder, none)).contains("it wants a client certificate");
            assertThat(failure(builder, wrong)).contains("it refuses the client certificate");
            assertThat(failure(builder, null)).contains("Should it expect TLS, give the builder credentials");
        }
    }

    @Test
    @WithEngine(EngineKind.INSTALLED)
    void loadsIntoADockerEngine(TestEngine engine) throws Exception {
        ImageReference tag = ImageReference.parse("remoteload:" + UUID.randomUUID());
        Path context = context("RUN echo loaded > /text");
        EndpointRequest into = new EndpointRequest(engine.uri().toString(), null, Map.of());
        try (TestBuilder builder = builder();
                RemoteBuilders under = RemoteBuilders.open(
                        List.of(at(builder.address())),
                        into,
                        Registries.none(),
                        CredentialsSource.ANONYMOUS,
                        events::add)) {
            BuildResult result = under.build(BuildRequest.of(context.toString())
                    .tags(List.of(tag))
                    .load(true)
                    .build());

            assertThat(engine.imageId(tag.familiar())).hasValue(result.imageId().toString());
            assertThat(result.layerCount()).isEqualTo(2);
            assertThat(result.sizeBytes()).isPositive();

            String named = result.imageId().toString();
            BuildResult untagged =
                    under.build(BuildRequest.of(context.toString()).load(true).build());
            assertThat(untagged.imageId()).hasToString(named);
        }
    }

    /** What builds read that were not asked for their files has to be in their caches all the same. */
    @Test
    void asksForNothingWhereNothingHasChangedAndLeavesAWholeCache() throws Exception {
        Path context = context("COPY text /text", "RUN cat /text > /copy");
        Files.writeString(context.resolve("text"), "the text " + UUID.randomUUID());
        Files.writeString(context.resolve(".dockerignore"), "cache");
        try (TestBuilder builder = builder()) {
            build(toFiles(context), at(builder.address()));
            assertThat(events).hasAtLeastOneElementOfType(EngineEvent.ContextSent.class);
            events.clear();

            build(
                    toFiles(context)
                            .cacheTo(List.of(CacheOption.parse("cacheTo", "type=local,mode=max,dest=" + cache()))),
                    at(builder.address()));

            assertThat(events).doesNotHaveAnyElementsOfTypes(EngineEvent.ContextSent.class);
        }
        try (TestBuilder other = builder()) {
            BuildResult result = build(
                    toFiles(context).cacheFrom(List.of(CacheOption.parse("cacheFrom", "type=local,src=" + cache()))),
                    at(other.address()));

            assertThat(result.steps())
                    .filteredOn(step ->
                            step.name().contains("COPY text") || step.name().contains("RUN"))
                    .hasSize(2)
                    .allMatch(BuildStep::cached);
        }
    }

    private String cache() {
        return folder.resolve("cache").toString();
    }

    private static String failure(TestBuilder builder, TlsMaterial tls) throws InterruptedException {
        try {
            RemoteBuilders.check(new BuilderAddress(builder.address(), tls));
            return "it answered";
        } catch (EngineException e) {
            return e.getMessage();
        }
    }
}

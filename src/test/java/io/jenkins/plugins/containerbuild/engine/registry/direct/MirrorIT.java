package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.PullRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PullResult;
import io.jenkins.plugins.containerbuild.engine.registry.PushRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryTransport;
import io.jenkins.plugins.containerbuild.testkit.FaultProxy;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is read from a registry whose entry has a mirror. The mirror is the registry itself behind a gate that counts, as a
 * pull-through cache has the same content.
 */
@WithEngine
@WithRegistry
class MirrorIT {

    @TempDir
    private Path folder;

    private final String path = "mirrored/" + UUID.randomUUID();

    private static Registries mirrored(TestRegistry registry, String mirror) throws Exception {
        return Registries.of(List.of(
                new RegistryEntry(
                        "origin",
                        RegistryAddress.parse(registry.address()),
                        null,
                        null,
                        RegistryTransport.TLS.withPlainHttp(true),
                        RegistryAddress.parse(mirror),
                        false),
                new RegistryEntry("mirror", RegistryAddress.parse(mirror), null, null, true, false, false)));
    }

    private EngineUnderTest machine(TestEngine daemon, Registries registries) throws Exception {
        return DirectPushes.machine(daemon, folder, registries, CredentialsSource.ANONYMOUS);
    }

    private ImageReference pushed(TestEngine daemon, TestRegistry registry) throws Exception {
        ImageReference name = ImageReference.parse(registry.address() + '/' + path + ":1");
        try (EngineUnderTest under = machine(daemon, Registries.none())) {
            under.engine().push(new PushRequest(ImageSelector.parse("base:1"), List.of(name), PushVia.ENGINE));
        }
        return name;
    }

    private static List<String> notes(EngineUnderTest under) {
        return under.events(EngineEvent.Note.class).stream()
                .map(EngineEvent.Note::text)
                .toList();
    }

    @Test
    void aPullComesFromTheMirrorUnderItsOwnName(TestEngine daemon, TestRegistry registry) throws Exception {
        ImageReference name = pushed(daemon, registry);
        try (FaultProxy mirror = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = machine(daemon, mirrored(registry, mirror.address()))) {
            PullResult result = under.engine().pull(new PullRequest(name, null));

            assertThat(mirror.count("GET", "/manifests/")).isPositive();
            assertThat(result.digest())
                    .hasToString(registry.manifestDigest(path, "1").orElseThrow());
            assertThat(daemon.hasImage(name.toString())).isTrue();
            assertThat(daemon.hasImage(mirror.address() + '/' + path + ":1")).isFalse();
        }
    }

    @Test
    void aMirrorThatIsDownOrLacksTheImageIsPassedOver(TestEngine daemon, TestRegistry registry) throws Exception {
        ImageReference name = pushed(daemon, registry);
        String gone;
        try (FaultProxy mirror = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = machine(daemon, mirrored(registry, mirror.address()))) {
            gone = mirror.address();
            mirror.on("*", path).always().answer(404);

            under.engine().pull(new PullRequest(name, null));

            assertThat(notes(under))
                    .anySatisfy(note -> assertThat(note)
                            .contains("from its registry itself, and not from the mirror " + mirror.address()));
        }
        try (EngineUnderTest under = machine(daemon, mirrored(registry, gone))) {
            under.engine().pull(new PullRequest(name, null));

            assertThat(daemon.hasImage(name.toString())).isTrue();
            assertThat(notes(under)).anySatisfy(note -> assertThat(note).contains("the mirror " + gone));
        }
    }

    @Test
    void aCopyReadsFromTheMirrorAndElseFromTheRegistry(TestEngine daemon, TestRegistry registry) throws Exception {
        ImageReference name = pushed(daemon, registry);
        try (TestRegistry target = TestRegistry.plain();
                FaultProxy mirror = FaultProxy.inFrontOf(registry)) {
            for (String tag : List.of("up", "busy")) {
                try (RegistryClientUnderTest under = RegistryClientUnderTest.with(
                        mirrored(registry, mirror.address()), CredentialsSource.ANONYMOUS)) {
                    under.client()
                            .copy(new CopyRequest(
                                    name, List.of(ImageReference.parse(target.address() + "/copied:" + tag)), false));

                    assertThat(under.log())
                            .contains(
                                    tag.equals("up")
                                            ? "from the mirror "
                                            : "from its registry itself and not from the mirror");
                }
                assertThat(target.manifestDigest("copied", tag)).isEqualTo(registry.manifestDigest(path, "1"));
                mirror.on("*", path).always().answer(503);
            }
        }
    }
}

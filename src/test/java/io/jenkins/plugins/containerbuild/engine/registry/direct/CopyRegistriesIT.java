package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.testkit.FaultProxy;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copying between real registries, on good and on bad days. */
@WithRegistry
class CopyRegistriesIT {

    private CraftedImages images;
    private String other;

    @BeforeEach
    void aRepository(TestRegistry registry) {
        images = new CraftedImages(registry);
        other = "copied/" + UUID.randomUUID();
    }

    private static CopyResult copy(RegistryClientUnderTest under, boolean referrers, String from, String... to)
            throws Exception {
        return under.client()
                .copy(new CopyRequest(
                        ImageReference.parse(from),
                        Stream.of(to).map(ImageReference::parse).toList(),
                        referrers));
    }

    private static CopyResult copy(String from, String... to) throws Exception {
        try (RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            return copy(under, false, from, to);
        }
    }

    private static CopyResult copyWithReferrers(String from, String... to) throws Exception {
        try (RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            return copy(under, true, from, to);
        }
    }

    private static RegistryClientUnderTest loggedIn(TestRegistry registry) throws Exception {
        return RegistryClientUnderTest.with(
                Registries.of(List.of(new RegistryEntry(
                        "nexus", RegistryAddress.parse(registry.address()), null, "nexus-login", false, false, false))),
                entry -> entry.credentialsId() == null
                        ? Optional.empty()
                        : RegistryClientUnderTest.login(TestRegistry.PASSWORD).credentialsFor(entry));
    }

    private static JsonNode manifest(TestRegistry registry, String repository, String reference) throws Exception {
        return new ObjectMapper()
                .readTree(registry.manifest(repository, reference).orElseThrow());
    }

    @Test
    void anotherTagMovesNoBlob(TestRegistry registry) throws Exception {
        String digest = images.twoPlatforms("1");
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry)) {
            String name = proxy.address() + "/" + images.repository();

            CopyResult result = copyWithReferrers(name + ":1", name + ":stable", name + ":latest");

            assertThat(result.digest()).hasToString(digest);
            assertThat(result.transferredBytes()).isZero();
            assertThat(result.pushed())
                    .extracting(pushed -> pushed.pinned().familiar())
                    .containsExactly(name + ":stable@" + digest, name + ":latest@" + digest);
            assertThat(registry.manifestDigest(images.repository(), "stable")).hasValue(digest);
            assertThat(registry.manifestDigest(images.repository(), "latest")).hasValue(digest);
            // Whether it speaks TLS, the manifest, and for each tag one to write and one to read.
            assertThat(proxy.requests())
                    .filteredOn(request -> request.contains(images.repository()))
                    .hasSize(5)
                    .noneMatch(request -> request.contains("/blobs/"));
        }
    }

    @Test
    void aNeighbouringRepositoryTakesOverWhatTheRegistryHas(TestRegistry registry) throws Exception {
        String digest = images.twoPlatforms("1");
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry)) {
            CopyResult result =
                    copy(proxy.address() + "/" + images.repository() + ":1", proxy.address() + "/" + other + ":1");

            assertThat(result.transferredBytes()).isZero();
            assertThat(registry.manifestDigest(other, "1")).hasValue(digest);
            assertThat(proxy.count("POST", other + "/blobs/uploads/")).isEqualTo(6);
            assertThat(proxy.count("PUT", "/blobs/uploads/")).isZero();
            assertThat(proxy.count("GET", "/blobs/")).isZero();
        }
    }

    @Test
    void aRegistryThatRefusesToTakeOverGetsTheContent(TestRegistry registry) throws Exception {
        String digest = images.image("1", "amd64");
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            proxy.on("POST", other + "/blobs/uploads/").onlyNumber(1).answer(405);
            proxy.on("POST", other + "/blobs/uploads/").onlyNumber(2).answer(403);

            CopyResult result = copy(
                    under,
                    false,
                    proxy.address() + "/" + images.repository() + ":1",
                    proxy.address() + "/" + other + ":1");

            assertThat(registry.manifestDigest(other, "1")).hasValue(digest);
            assertThat(result.transferredBytes()).isPositive();
            assertThat(proxy.count("PUT", other + "/blobs/uploads/")).isEqualTo(2);
            assertThat(under.log())
                    .containsOnlyOnce("The registry does not let " + proxy.address() + "/" + other
                            + " take over content of " + proxy.address() + "/" + images.repository() + " (status 405");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PASSWORD", "TLS"})
    void anIndexGoesToAnotherRegistryWithAllThatItHas(RegistryKind kind, TestRegistry registry) throws Exception {
        String digest = images.twoPlatforms("1");
        try (TestRegistry target = TestRegistry.start(kind);
                RegistryClientUnderTest under = loggedIn(target)) {
            CopyResult result = copy(
                    under, false, images.name() + ":1", target.address() + "/a:1", target.address() + "/b/c:latest");

            assertThat(result.digest()).hasToString(digest);
            assertThat(result.transferredBytes()).isPositive();
            assertThat(result.pushed())
                    .extracting(PushedReference::reference)
                    .extracting(ImageReference::path)
                    .containsExactly("a", "b/c");
            for (String repository : List.of("a", "b/c")) {
                assertThat(target.manifest(repository, digest)).isEqualTo(registry.manifest(images.repository(), "1"));
                for (JsonNode entry :
                        manifest(registry, images.repository(), "1").path("manifests")) {
                    String child = entry.path("digest").asText();
                    assertThat(target.manifest(repository, child))
                            .isEqualTo(registry.manifest(images.repository(), child))
                            .isPresent();
                }
            }
            assertThat(under.log()).doesNotContain(TestRegistry.PASSWORD);
        }
    }

    @Test
    void anImageOfAPrivateRegistryIsReadWithItsLogin(@WithRegistry(RegistryKind.PASSWORD) TestRegistry secret)
            throws Exception {
        CraftedImages hidden = new CraftedImages(secret);
        String digest = hidden.image("1", "amd64");
        try (RegistryClientUnderTest under = loggedIn(secret)) {
            CopyResult result = copy(under, false, hidden.name() + "@" + digest, images.name() + ":1");

            assertThat(result.digest()).hasToString(digest);
        }
        assertThatThrownBy(() -> copy(hidden.name() + ":1", images.name() + ":2"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("could not read the image " + hidden.name() + ":1")
                .hasMessageContaining("without a login");
    }

    @Test
    void whatIsThereIsNotSentAgain(TestRegistry registry) throws Exception {
        images.twoPlatforms("1");
        copy(images.name() + ":1", registry.address() + "/" + other + ":1");
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry)) {
            CopyResult result = copy(images.name() + ":1", proxy.address() + "/" + other + ":2");

            assertThat(result.transferredBytes()).isZero();
            assertThat(proxy.requests()).noneMatch(request -> request.contains("/blobs/"));
        }
    }

    @Test
    void anIndexInAnIndexComesAlong(TestRegistry registry) throws Exception {
        String inner = images.twoPlatforms(null);
        String digest = images.index("1", images.entry(MediaTypes.OCI_INDEX, inner, ""));

        CopyResult result = copy(images.name() + ":1", registry.address() + "/" + other + ":1");

        assertThat(result.digest()).hasToString(digest);
        assertThat(registry.manifest(other, inner)).isEqualTo(registry.manifest(images.repository(), inner));
    }

    @Test
    void anArtifactThatIsNoImageIsCopied(TestRegistry registry) throws Exception {
        String digest = images.artifact(
                "chart",
                images.blob("application/vnd.cncf.helm.config.v1+json", "{}"),
                images.blob("application/vnd.cncf.helm.chart.content.v1.tar+gzip", "chart"),
                "");

        assertThat(copy(images.name() + ":chart", registry.address() + "/" + other + ":1")
                        .digest())
                .hasToString(digest);
    }

    @Test
    void signaturesStayUnlessTheyAreAskedFor(TestRegistry registry) throws Exception {
        String digest = images.image("1", "amd64");
        String tag = digest.replace(':', '-');
        images.image(tag + ".sig", "amd64");

        CopyResult result = copy(images.name() + ":1", registry.address() + "/" + other + ":1");

        assertThat(result.referrers()).isEmpty();
        assertThat(registry.manifest(other, tag + ".sig")).isEmpty();
    }

    @Test
    void whatRefersToAnImageComesAlong(TestRegistry registry) throws Exception {
        String root = images.twoPlatforms("1");
        String arm64 = manifest(registry, images.repository(), "1")
                .at("/manifests/1/digest")
                .asText();
        String sbom = images.referrer(root, "the SBOM of the index");
        String signature = images.referrer(sbom, "the signature of the SBOM");
        String platform = images.referrer(arm64, "the signature of arm64");
        images.index(root.replace(':', '-'), images.entry(sbom, ""));
        images.index(sbom.replace(':', '-'), images.entry(signature, ""));
        images.index(arm64.replace(':', '-'), images.entry(platform, ""));
        String cosign = images.image(root.replace(':', '-') + ".att", "amd64");

        CopyResult result = copyWithReferrers(
                images.name() + ":1",
                registry.address() + "/" + other + ":1",
                registry.address() + "/" + other + "/more:1");

        assertThat(result.referrers())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(sbom, signature, platform, cosign);
        for (String repository : List.of(other, other + "/more")) {
            JsonNode listed = manifest(registry, repository, root.replace(':', '-'))
                    .path("manifests")
                    .path(0);
            assertThat(listed.path("digest").asText()).isEqualTo(sbom);
            assertThat(listed.path("artifactType").asText()).isEqualTo("application/vnd.example.signature");
            assertThat(listed.at("/annotations/org.example.by").asText()).isEqualTo("the SBOM of the index");
            assertThat(registry.manifest(repository, sbom)).isEqualTo(registry.manifest(images.repository(), sbom));
            assertThat(registry.manifest(repository, sbom.replace(':', '-')).orElseThrow())
                    .contains(signature);
            assertThat(registry.manifest(repository, arm64.replace(':', '-')).orElseThrow())
                    .contains(platform);
            assertThat(registry.manifestDigest(repository, root.replace(':', '-') + ".att"))
                    .hasValue(cosign);
        }
    }

    @Test
    void whatWasSignedAtTheTargetStays(TestRegistry registry) throws Exception {
        String digest = images.image("1", "amd64");
        String tag = digest.replace(':', '-');
        String target = registry.address() + "/" + other;
        copy(images.name() + ":1", target + ":1");
        CraftedImages there = new CraftedImages(registry, other);
        String second = there.referrer(digest, "by another team");
        there.index(tag, there.entry(second, ""));
        String theirs = there.image(tag + ".sig", "arm64");
        String first = images.referrer(digest, "by the build");
        images.index(tag, images.entry(first, ""));
        images.image(tag + ".sig", "amd64");

        try (RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            copy(under, true, images.name() + ":1", target + ":2");
            copy(under, true, images.name() + ":1", target + ":3");

            assertThat(manifest(registry, other, tag).path("manifests"))
                    .extracting(entry -> entry.path("digest").asText())
                    .containsExactly(second, first);
            assertThat(registry.manifestDigest(other, tag + ".sig")).hasValue(theirs);
            assertThat(under.events(EngineEvent.Warning.class))
                    .extracting(EngineEvent.Warning::text)
                    .allMatch(text -> text.contains("has " + theirs + " already and is left as it is"))
                    .hasSize(2);
        }
    }

    @Test
    void aListThatNamesSomethingElseIsNotBelieved(TestRegistry registry) throws Exception {
        String digest = images.image("1", "amd64");
        String stranger = images.image(null, "arm64");
        images.index(digest.replace(':', '-'), images.entry(stranger, ""));

        try (RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            CopyResult result = copy(under, true, images.name() + ":1", registry.address() + "/" + other + ":1");

            assertThat(result.referrers()).isEmpty();
            assertThat(under.log()).contains(stranger + " is listed as referring to " + digest + ", which it does not");
        }
    }

    @Test
    void aSourceThatIsNotThereIsNamed(TestRegistry registry) {
        assertThatThrownBy(() -> copy(images.name() + ":missing", registry.address() + "/" + other + ":1"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("could not read the image " + images.name() + ":missing")
                .hasMessageContaining("Check the name and the tag");
        assertThat(registry.manifestDigest(other, "1")).isEmpty();
    }

    @Test
    void aTargetThatRefusesIsNamedAndOthersStay(TestRegistry registry) throws Exception {
        String digest = images.image("1", "amd64");
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry)) {
            proxy.on("PUT", "/manifests/refused").always().answer(403);

            assertThatThrownBy(() -> copy(
                            images.name() + ":1", images.name() + ":2", proxy.address() + "/" + other + ":refused"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("could not push " + proxy.address() + "/" + other + ":refused")
                    .hasMessageContaining("Give the account the right");
            assertThat(registry.manifestDigest(images.repository(), "2")).hasValue(digest);
        }
    }

    @Test
    void aNameThatAnotherBuildTookIsNoSuccess(TestRegistry registry) throws Exception {
        String digest = images.image("1", "amd64");
        String stranger = images.image("stranger", "arm64");
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry)) {
            proxy.on("PUT", "/manifests/stable").always().answer(201, Map.of(), "text/plain", "");
            registry.putManifest(
                    images.repository(),
                    "stable",
                    MediaTypes.OCI_MANIFEST,
                    registry.manifest(images.repository(), stranger).orElseThrow());

            assertThatThrownBy(
                            () -> copy(images.name() + ":1", proxy.address() + "/" + images.repository() + ":stable"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("the registry now has " + stranger);
        }
    }

    @Test
    void aDigestCannotBeChosenAndANameIsNeeded() {
        String digest = images.image("1", "amd64");
        assertThatThrownBy(() -> copy(images.name() + ":1", images.name() + "@" + digest))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("cannot be chosen");
        assertThatThrownBy(() -> copy(images.name() + ":1"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("could not copy " + images.name() + ":1")
                .hasMessageContaining("Give at least one name");
    }
}

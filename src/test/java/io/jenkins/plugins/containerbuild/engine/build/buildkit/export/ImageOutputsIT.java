package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.Annotation;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images from an Engine with containerd's store: where they go, and under which digests. */
@WithEngine(EngineKind.ENGINE_26_CONTAINERD)
class ImageOutputsIT {

    private static final List<Platform> TWO = List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));

    @TempDir
    private Path folder;

    private ImageReference name;
    private String repository;

    @BeforeEach
    void setUp(@WithRegistry TestRegistry registry) throws Exception {
        repository = "outputs/" + UUID.randomUUID();
        name = ImageReference.parse(registry.address() + "/" + repository + ":1");
        Files.writeString(folder.resolve("file-amd64"), "for amd64");
        Files.writeString(folder.resolve("file-arm64"), "for arm64");
        dockerfile(folder, "FROM scratch", "ARG TARGETARCH", "COPY file-$TARGETARCH /file", "LABEL a=" + repository);
    }

    private BuildRequest.Builder request(String... outputs) throws Exception {
        BuildRequest.Builder request =
                BuildRequest.of(folder.toString()).root(folder.toString()).tags(List.of(name));
        for (String output : outputs) {
            request.outputs(List.of(BuildOutput.parse(output)));
        }
        return request;
    }

    private static BuildResult build(TestEngine daemon, BuildRequest.Builder request) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            return under.engine().build(request.build());
        }
    }

    private static JsonNode json(byte[] text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    private JsonNode manifest(TestRegistry registry, Object reference) throws Exception {
        return new ObjectMapper()
                .readTree(registry.manifest(repository, reference.toString()).orElseThrow());
    }

    private static JsonNode blob(Map<String, byte[]> archive, String digest) throws Exception {
        return json(archive.get("blobs/sha256/" + Digest.parse(digest).hex()));
    }

    @Test
    void pushesWithoutKeepingTheImage(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        ImageReference second = name.withTag("2");

        BuildResult result = build(daemon, request().tags(List.of(second)).push(true));

        assertThat(result.imageId()).isNull();
        assertThat(result.sizeBytes()).isNull();
        assertThat(result.layerCount()).isNull();
        assertThat(result.pushed())
                .containsExactly(
                        new PushedReference(name, result.digest()), new PushedReference(second, result.digest()));
        assertThat(registry.manifestDigest(repository, "1"))
                .hasValue(result.digest().toString());
        assertThat(registry.manifestDigest(repository, "2"))
                .hasValue(result.digest().toString());
        assertThat(result.platforms()).isEmpty();
        assertThat(daemon.hasImage(name.familiar())).isFalse();
    }

    @Test
    void pushesAndKeepsTheImageWhereThatIsAskedFor(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        BuildResult result = build(daemon, request().push(true).load(true));

        assertThat(daemon.imageId(name.familiar())).hasValue(result.imageId().toString());
        assertThat(registry.manifestDigest(repository, "1"))
                .hasValue(result.digest().toString());
        assertThat(result.sizeBytes()).isPositive();
        assertThat(result.layerCount()).isEqualTo(1);
    }

    @Test
    void tellsTheDigestOfAnImageThatIsOnlyInTheDaemon(TestEngine daemon) throws Exception {
        BuildResult result = build(daemon, request());

        assertThat(daemon.imageId(name.familiar())).hasValue(result.imageId().toString());
        assertThat(result.digest()).isNotNull();
        assertThat(result.pushed()).isEmpty();
    }

    @Test
    void pushesAnIndexAndTellsTheDigestOfEachPlatform(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        BuildResult result = build(daemon, request().platforms(TWO).push(true));

        assertThat(registry.manifestDigest(repository, "1"))
                .hasValue(result.digest().toString());
        assertThat(result.platforms()).containsOnlyKeys("linux/amd64", "linux/arm64");
        JsonNode index = manifest(registry, result.digest());
        for (JsonNode entry : index.path("manifests")) {
            String platform =
                    "linux/" + entry.path("platform").path("architecture").asText();
            assertThat(result.platforms().get(platform))
                    .hasToString(entry.path("digest").asText());
            assertThat(registry.manifestDigest(repository, entry.path("digest").asText()))
                    .isPresent();
        }
        assertThat(index.path("manifests")).hasSize(2);
    }

    @Test
    void keepsAnIndexInTheDaemon(TestEngine daemon) throws Exception {
        BuildResult result = build(daemon, request().platforms(TWO));

        assertThat(result.platforms()).containsOnlyKeys("linux/amd64", "linux/arm64");
        assertThat(daemon.imageId(name.familiar())).hasValue(result.imageId().toString());
        assertThat(result.platforms().values()).doesNotContain(result.digest());
    }

    @Test
    void writesSeveralOutputsAtOnce(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        BuildResult result = build(
                daemon,
                request("type=oci,dest=image.oci.tar", "type=docker,dest=image.tar", "files", "type=tar,dest=files.tar")
                        .load(true)
                        .push(true));

        Path root = folder.toRealPath();
        assertThat(result.outputs())
                .containsExactly(
                        root.resolve("image.oci.tar").toString(),
                        root.resolve("image.tar").toString(),
                        root.resolve("files").toString(),
                        root.resolve("files.tar").toString());
        assertThat(folder.resolve("files/file")).hasContent("for amd64");
        assertThat(FileOutputs.entries(folder.resolve("files.tar"))).containsKey("file");
        assertThat(json(FileOutputs.entries(folder.resolve("image.tar")).get("manifest.json"))
                        .get(0)
                        .path("RepoTags")
                        .get(0)
                        .asText())
                .isEqualTo(name.canonical());
        assertThat(daemon.imageId(name.familiar())).hasValue(result.imageId().toString());
        assertThat(registry.manifestDigest(repository, "1"))
                .hasValue(result.digest().toString());
    }

    @Test
    void writesAnOciArchiveOfSeveralPlatforms(TestEngine daemon) throws Exception {
        BuildResult result =
                build(daemon, request("type=oci,dest=image.oci.tar").platforms(TWO));

        Map<String, byte[]> archive = FileOutputs.entries(folder.resolve("image.oci.tar"));
        JsonNode named = json(archive.get("index.json")).path("manifests").get(0);
        assertThat(result.imageId()).isNull();
        assertThat(named.path("digest").asText()).isEqualTo(result.digest().toString());
        assertThat(named.path("annotations")
                        .path("org.opencontainers.image.ref.name")
                        .asText())
                .isEqualTo("1");
        assertThat(result.platforms()).containsOnlyKeys("linux/amd64", "linux/arm64");
        result.platforms().values().forEach(digest -> assertThat(archive).containsKey("blobs/sha256/" + digest.hex()));
        assertThat(daemon.hasImage(name.familiar())).isFalse();
    }

    @Test
    void anArchiveForDockerCanBeLoaded(TestEngine daemon) throws Exception {
        build(daemon, request("type=docker,dest=image.tar"));
        assertThat(daemon.hasImage(name.familiar())).isFalse();

        try (var archive = Files.newInputStream(folder.resolve("image.tar"))) {
            daemon.client().loadImageCmd(archive).exec();
        }

        assertThat(daemon.hasImage(name.familiar())).isTrue();
    }

    @Test
    void pushesToWhereAnOutputSays(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        String other = registry.address() + "/" + repository + ":other";

        BuildResult result = build(
                daemon,
                request("type=registry,\"name=" + other
                        + "\",compression=zstd,force-compression=true,oci-mediatypes=true"));

        assertThat(result.pushed()).containsExactly(new PushedReference(ImageReference.parse(other), result.digest()));
        assertThat(manifest(registry, "other")
                        .path("layers")
                        .get(0)
                        .path("mediaType")
                        .asText())
                .endsWith("+zstd");
        assertThat(registry.manifestDigest(repository, "1")).isEmpty();
        assertThat(result.imageId()).isNull();
    }

    @Test
    void pushesByDigestAlone(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        String bare = registry.address() + "/" + repository;

        BuildResult result = build(daemon, request("type=image,name=" + bare + ",push-by-digest=true,push=true"));

        assertThat(result.pushed())
                .singleElement()
                .satisfies(pushed -> assertThat(pushed.pinned().familiar()).isEqualTo(bare + "@" + result.digest()));
        assertThat(registry.manifestDigest(repository, result.digest().toString()))
                .isPresent();
    }

    @Test
    void annotatesManifestAndIndex(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        BuildResult result = build(
                daemon,
                request()
                        .platforms(TWO)
                        .annotations(List.of(
                                Annotation.parse("com.example.all=1, 2"),
                                Annotation.parse("manifest[linux/arm64]:com.example.arm=yes"),
                                Annotation.parse("index,manifest-descriptor:com.example.both=b=c")))
                        .impliedAnnotations(List.of(
                                Annotation.parse("com.example.all=overridden"),
                                Annotation.parse("com.example.implied=x")))
                        .push(true));

        JsonNode index = manifest(registry, result.digest());
        JsonNode arm = manifest(registry, result.platforms().get("linux/arm64"));
        JsonNode intel = manifest(registry, result.platforms().get("linux/amd64"));
        assertThat(index.path("annotations").path("com.example.both").asText()).isEqualTo("b=c");
        assertThat(index.path("manifests")
                        .get(0)
                        .path("annotations")
                        .path("com.example.both")
                        .asText())
                .isEqualTo("b=c");
        assertThat(arm.path("annotations").path("com.example.all").asText()).isEqualTo("1, 2");
        assertThat(arm.path("annotations").path("com.example.implied").asText()).isEqualTo("x");
        assertThat(arm.path("annotations").path("com.example.arm").asText()).isEqualTo("yes");
        assertThat(intel.path("annotations").has("com.example.all")).isTrue();
        assertThat(intel.path("annotations").has("com.example.arm")).isFalse();
    }

    @RepeatedTest(3)
    void attestsHowTheImageWasBuilt(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        dockerfile(folder, "FROM scratch", "ARG TELLING", "COPY file-amd64 /file");
        Map<String, String> arguments = Map.of("TELLING", "the-value-of-an-argument");

        BuildResult least = build(
                daemon,
                request("type=oci,dest=min.tar").buildArgs(arguments).attests(Map.of("provenance", "mode=min")));
        BuildResult most = build(
                daemon,
                request("type=oci,dest=max.tar").buildArgs(arguments).attests(Map.of("provenance", "mode=max")));
        BuildResult kept = build(daemon, request().buildArgs(arguments).attests(Map.of("provenance", "mode=max")));
        BuildResult pushed = build(
                daemon, request().attests(Map.of("provenance", "mode=min")).push(true));

        assertThat(least.platforms()).containsOnlyKeys("linux/amd64");
        assertThat(provenance("min.tar", least)).doesNotContain("the-value-of-an-argument");
        assertThat(provenance("max.tar", most)).contains("the-value-of-an-argument");
        assertThat(List.of(kept, pushed))
                .allSatisfy(result -> assertThat(result.attestations())
                        .singleElement()
                        .satisfies(attestation -> {
                            assertThat(attestation.platform()).isEqualTo("linux/amd64");
                            assertThat(attestation.predicateType()).startsWith("https://slsa.dev/provenance/");
                            assertThat(attestation.statement()).contains("\"predicateType\"");
                        }));
        assertThat(kept.attestations().get(0).statement()).contains("the-value-of-an-argument");
        // They are in the files.
        assertThat(List.of(least, most))
                .allSatisfy(result -> assertThat(result.attestations()).isEmpty());
        assertThat(pushed.platforms()).containsOnlyKeys("linux/amd64");
        JsonNode index = manifest(registry, pushed.digest());
        assertThat(index.path("manifests")).hasSize(2);
        assertThat(index.path("manifests").get(0).path("digest").asText())
                .isEqualTo(pushed.platforms().get("linux/amd64").toString());
    }

    /** The statement behind the index's attestation manifest. */
    private String provenance(String file, BuildResult result) throws Exception {
        Map<String, byte[]> archive = FileOutputs.entries(folder.resolve(file));
        for (JsonNode entry : blob(archive, result.digest().toString()).path("manifests")) {
            if (entry.path("annotations").has("vnd.docker.reference.type")) {
                JsonNode layer = blob(archive, entry.path("digest").asText())
                        .path("layers")
                        .get(0);
                assertThat(layer.path("annotations")
                                .path("in-toto.io/predicate-type")
                                .asText())
                        .startsWith("https://slsa.dev/provenance/");
                return blob(archive, layer.path("digest").asText()).toString();
            }
        }
        throw new AssertionError("no attestation in " + file);
    }

    @Test
    void attestsWhatIsInTheImageWithAScanner(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        Path scanner = folder.resolve("scanner");
        dockerfile(scanner, "FROM base:1", "COPY scan /scan", "ENTRYPOINT [\"/bin/sh\", \"/scan\"]");
        Files.writeString(scanner.resolve("scan"), """
                set -e
                test -f "$BUILDKIT_SCAN_SOURCE/file"
                cat > "$BUILDKIT_SCAN_DESTINATION/sbom.spdx.json" <<EOF
                {
                  "_type": "https://in-toto.io/Statement/v0.1",
                  "predicateType": "https://spdx.dev/Document",
                  "predicate": {"spdxVersion": "SPDX-2.3", "name": "made by the test"}
                }
                EOF
                """);
        ImageReference image = name.withTag("scanner");
        build(daemon, BuildRequest.of(scanner.toString()).tags(List.of(image)).push(true));

        BuildResult result = build(
                daemon,
                request()
                        .attests(Map.of("sbom", "generator=" + image.canonical()))
                        .push(true));

        JsonNode attestation = null;
        for (JsonNode entry : manifest(registry, result.digest()).path("manifests")) {
            if (entry.path("annotations").has("vnd.docker.reference.type")) {
                attestation = manifest(registry, entry.path("digest").asText());
            }
        }
        assertThat(attestation).isNotNull();
        assertThat(attestation
                        .path("layers")
                        .get(0)
                        .path("annotations")
                        .path("in-toto.io/predicate-type")
                        .asText())
                .isEqualTo("https://spdx.dev/Document");
        assertThat(result.attestations()).singleElement().satisfies(sbom -> {
            assertThat(sbom.predicateType()).isEqualTo("https://spdx.dev/Document");
            assertThat(sbom.statement()).contains("made by the test");
        });
    }

    @Test
    void rewritesTimestampsAsAnOutputSays(TestEngine daemon) throws Exception {
        Map<String, String> epoch = Map.of("SOURCE_DATE_EPOCH", "1600000000");

        BuildResult first = build(
                daemon,
                request("type=image,rewrite-timestamp=true,oci-mediatypes=true").buildArgs(epoch));
        Files.writeString(folder.resolve("file-amd64"), "for amd64");
        BuildResult again = build(
                daemon,
                request("type=image,rewrite-timestamp=true,oci-mediatypes=true")
                        .buildArgs(epoch)
                        .noCache(true));

        assertThat(again.digest()).isEqualTo(first.digest());
        assertThat(daemon.imageId(name.familiar())).hasValue(again.imageId().toString());
    }

    @Test
    void refusesBeforeTheBuildWhatDoesNotGoTogether(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN false");

        assertThatThrownBy(() ->
                        build(daemon, request("type=docker,dest=image.tar").platforms(TWO)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Use type=oci");
        assertThatThrownBy(() -> build(daemon, request("type=oci,dest=a.tar", "type=tar,dest=./a.tar")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("two outputs have this dest");
        assertThatThrownBy(() -> build(daemon, request("out").annotations(List.of(Annotation.parse("a=b")))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("this build makes none");
        assertThatThrownBy(() -> build(daemon, request("type=registry,name=Not/A/Name")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Not/A/Name");
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            BuildRequest nameless =
                    BuildRequest.of(folder.toString()).push(true).build();
            assertThatThrownBy(() -> under.engine().build(nameless))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("has no tags");
            assertThat(under.events(EngineEvent.StepStarted.class)).isEmpty();
        }
    }
}

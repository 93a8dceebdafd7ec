package io.jenkins.plugins.containerbuild.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.BuildStep;
import io.jenkins.plugins.containerbuild.engine.build.BuildWarning;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuiltImageTest {

    private static final Digest ID = Digest.parse("sha256:" + "0123456789abcdef".repeat(4));
    private static final Digest MANIFEST = Digest.parse("sha256:" + "fedcba9876543210".repeat(4));

    @Test
    void tellsOfAnImageInTheDaemon() {
        BuiltImage image = BuiltImage.of(new BuildResult(
                ID,
                List.of(ImageReference.parse("team/app:1")),
                1_500_000L,
                3,
                Duration.ofMillis(2500),
                List.of(new BuildStep(
                        "FROM base:1",
                        false,
                        Instant.ofEpochMilli(1000),
                        Instant.ofEpochMilli(1050),
                        Duration.ofMillis(40),
                        12)),
                List.of(),
                null,
                Map.of(),
                List.of(),
                List.of(new BuildWarning("FromAsCasing", "odd casing", "Dockerfile", 2, "https://example.org/rule")),
                List.of()));

        assertThat(image).hasToString(ID.toString());
        assertThat(image.getDigest()).isNull();
        assertThat(image.getSizeBytes()).isEqualTo(1_500_000);
        assertThat(image.getSteps().get(0).getBytes()).isEqualTo(12);
        assertThat(image.getSteps().get(0).getStartMillis()).isEqualTo(1000);
        assertThat(image.getSteps().get(0).getEndMillis()).isEqualTo(1050);
        assertThat(image.getWarnings().get(0)).hasToString("Dockerfile:2: odd casing");
        assertThat(image.getWarnings().get(0).getRule()).isEqualTo("FromAsCasing");
        assertThat(image.getWarnings().get(0).getUrl()).isEqualTo("https://example.org/rule");
        assertThat(image.summary()).isEqualTo("Built " + ID + " as team/app:1 (1.5 MB, 3 layers, 2.5 s)");
        assertThat(image.variables())
                .containsOnly(entry("CONTAINER_IMAGE_ID", ID.toString()), entry("CONTAINER_IMAGE_TAGS", "team/app:1"));
    }

    @Test
    void tellsOfAnImageThatIsOnlyInARegistry() {
        ImageReference name = ImageReference.parse("registry.example/app:1");
        BuiltImage image = BuiltImage.of(new BuildResult(
                null,
                List.of(name),
                null,
                null,
                Duration.ofSeconds(1),
                List.of(),
                List.of(new PushedReference(name, MANIFEST)),
                MANIFEST,
                Map.of("linux/arm64", ID),
                List.of(),
                List.of(),
                List.of()));

        assertThat(image.getId()).isNull();
        assertThat(image.getSizeBytes()).isNull();
        assertThat(image.getLayers()).isNull();
        assertThat(image.getPlatforms()).containsExactly(entry("linux/arm64", ID.toString()));
        assertThat(image.getReferences()).containsExactly("registry.example/app:1@" + MANIFEST);
        assertThat(image).hasToString(MANIFEST.toString());
        assertThat(image.summary()).isEqualTo("Built " + MANIFEST + " as registry.example/app:1 (1.0 s)");
        assertThat(image.variables()).doesNotContainKey("CONTAINER_IMAGE_ID");
    }

    @Test
    void tellsOfFilesAlone() throws Exception {
        BuiltImage files = BuiltImage.of(new BuildResult(
                null,
                List.of(),
                null,
                null,
                Duration.ofSeconds(1),
                List.of(),
                List.of(),
                null,
                Map.of(),
                List.of(),
                List.of(new BuildWarning(null, "text", null, 0, null)),
                List.of("/w/out", "/w/image.tar")));

        assertThat(files).hasToString("");
        assertThat(files.summary()).isEqualTo("Built /w/out, /w/image.tar (1.0 s)");
        assertThat(files.variables()).containsOnly(entry("CONTAINER_IMAGE_OUTPUTS", "/w/out\n/w/image.tar"));
        assertThat(copied(files)).usingRecursiveComparison().isEqualTo(files);
    }

    /** A running Pipeline saves results. */
    private static Object copied(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}

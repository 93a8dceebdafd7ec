package io.jenkins.plugins.containerbuild.engine.image.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.Annotation;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a build gets of tag rules. */
class ComputedTagsTest {

    private static final ComputedTags TAGS =
            new ComputedTags("1.2", List.of("1.2", "latest"), Map.of("title", "app", "revision", "abc"), List.of());

    private static List<ImageReference> names(String... texts) {
        return Stream.of(texts).map(ImageReference::parse).toList();
    }

    private static BuildRequest build(List<ImageReference> images, List<ImageReference> fixed, Map<String, String> own)
            throws InvalidRequestException {
        BuildRequest.Builder request = BuildRequest.of("/context").tags(fixed).labels(own);
        TAGS.addTo(request, images, fixed, own);
        return request.build();
    }

    @Test
    void areAddedToTheRepositoriesOfTheOtherTags() throws Exception {
        BuildRequest request = build(names(), names("r.example/app:7", "r.example/app:8", "other"), Map.of());

        assertThat(request.tags())
                .extracting(ImageReference::familiar)
                .containsExactly(
                        "r.example/app:7",
                        "r.example/app:8",
                        "other",
                        "r.example/app:1.2",
                        "r.example/app:latest",
                        "other:1.2");
    }

    @Test
    void areThoseOfTheImagesThatAreNamed() throws Exception {
        assertThat(build(names("r.example/b"), names("r.example/a:7"), Map.of()).tags())
                .extracting(ImageReference::familiar)
                .containsExactly("r.example/a:7", "r.example/b:1.2", "r.example/b:latest");
        assertThatThrownBy(() -> build(names(), names(), Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("there is no image that they are for. Name it with tagImages");
    }

    @Test
    void giveWayToTheLabelsOfUsers() throws Exception {
        BuildRequest request = build(names("app"), names(), Map.of("title", "My app", "team", "red"));

        assertThat(request.labels())
                .containsOnly(entry("title", "My app"), entry("team", "red"), entry("revision", "abc"));
        assertThat(request.impliedAnnotations())
                .containsExactlyInAnyOrder(
                        new Annotation("manifest", "title", "My app"), new Annotation("manifest", "revision", "abc"));
    }
}

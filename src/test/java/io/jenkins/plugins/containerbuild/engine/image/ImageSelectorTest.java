package io.jenkins.plugins.containerbuild.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ImageSelectorTest {

    private static final String HEX = "0123456789abcdef".repeat(4);

    @Test
    void readsFullIds() {
        ImageSelector id = ImageSelector.ofId(Digest.parse("sha256:" + HEX));

        assertThat(ImageSelector.parse("sha256:" + HEX)).isEqualTo(id);
        assertThat(ImageSelector.parse(HEX)).isEqualTo(id);
        assertThat(id.engineName()).isEqualTo("sha256:" + HEX);
    }

    @Test
    void leavesShortIdsToTheEngine() {
        assertThat(ImageSelector.parse(HEX.substring(0, 12))).isInstanceOf(ImageSelector.ShortId.class);
        assertThat(ImageSelector.parse(HEX.substring(0, 63)).engineName()).isEqualTo(HEX.substring(0, 63));
        assertThat(ImageSelector.parse("cafe").engineName()).isEqualTo("docker.io/library/cafe:latest");
    }

    @Test
    void readsNames() {
        assertThat(ImageSelector.parse("team/app:1").engineName()).isEqualTo("docker.io/team/app:1");
        assertThat(ImageSelector.parse("app:1", "registry.example:5000").engineName())
                .isEqualTo("registry.example:5000/app:1");
        assertThat(ImageSelector.parse("app:1@sha256:" + HEX).engineName())
                .isEqualTo("docker.io/library/app@sha256:" + HEX);
        assertThat(ImageSelector.parse("app:1"))
                .isEqualTo(ImageSelector.ofName(ImageReference.parse("app:1")))
                .hasToString("app:1");
    }

    @Test
    void saysWhatIsWrongWithATruncatedId() {
        assertThatThrownBy(() -> ImageSelector.parse("sha256:abc"))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessageContaining("the digest's hex part is 3 characters long, sha256 needs 64");
        assertThatThrownBy(() -> ImageSelector.parse("-f")).hasMessageContaining("starts with '-'");
        assertThatThrownBy(() -> new ImageSelector.ShortId("xyz")).isInstanceOf(IllegalArgumentException.class);
    }
}

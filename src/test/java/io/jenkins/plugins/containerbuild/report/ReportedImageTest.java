package io.jenkins.plugins.containerbuild.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.report.ReportedImage.Verb;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportedImageTest {

    private static final String ID = "sha256:" + "0123456789abcdef".repeat(4);
    private static final String DIGEST = "sha256:" + "fedcba9876543210".repeat(4);

    @Test
    void gathersWhatWasDoneLater() {
        ReportedImage built = ReportedImage.of(ID, Verb.BUILT)
                .with(List.of(new ReportedName("app:1", null), new ReportedName("app:2", null)))
                .withSize(10, 3)
                .withMillis(5);
        ReportedImage pushed = ReportedImage.of(ID, Verb.PUSHED)
                .with(List.of(new ReportedName("app:1", DIGEST)))
                .withMillis(7);

        ReportedImage both = built.merged(pushed);

        assertThat(both.getVerbs()).containsExactly(Verb.BUILT, Verb.PUSHED);
        assertThat(both.getNames()).extracting(ReportedName::getName).containsExactly("app:1", "app:2");
        assertThat(both.getNames()).extracting(ReportedName::getDigest).containsExactly(DIGEST, null);
        assertThat(both.getSizeBytes()).isEqualTo(10);
        assertThat(both.getLayerCount()).isEqualTo(3);
        assertThat(both.getDurationMillis()).isEqualTo(12);
    }

    @Test
    void keepsADigestWhenTheNameIsGivenOnceMore() {
        ReportedImage pushed = ReportedImage.of(ID, Verb.PUSHED).with(List.of(new ReportedName("app:1", DIGEST)));
        ReportedImage tagged = ReportedImage.of(ID, Verb.TAGGED).with(List.of(new ReportedName("app:1", null)));
        assertThat(pushed.merged(tagged).getNames().get(0).getDigest()).isEqualTo(DIGEST);
    }

    @Test
    void shortensForPeople() {
        assertThat(ReportedImage.of(ID, Verb.BUILT).getShortId()).isEqualTo("0123456789ab");
        assertThat(new ReportedName("app:1", DIGEST).getShortDigest()).isEqualTo("sha256:fedcba987654");
        assertThat(new ReportedName("app:1", null).getShortDigest()).isNull();
    }

    @Test
    void pinsANameToItsDigest() {
        assertThat(new ReportedName("app:1", DIGEST).getPinned()).isEqualTo("app:1@" + DIGEST);
        assertThat(new ReportedName("app@" + ID, DIGEST).getPinned()).isEqualTo("app@" + DIGEST);
        assertThat(new ReportedName("app:1", null).getPinned()).isNull();
    }

    @Test
    void hasARecordOfBuiltImagesWithFullIdsOnly() {
        assertThat(ReportedImage.of(ID, Verb.BUILT).getFingerprintUrl())
                .isEqualTo("fingerprint/0123456789abcdef0123456789abcdef/");
        assertThat(ReportedImage.of(ID, Verb.PULLED).getFingerprintUrl()).isNull();
        assertThat(ReportedImage.of("sha512:" + "0".repeat(128), Verb.BUILT).getFingerprintUrl())
                .isNull();
    }

    @Test
    void anImageThatIsOnlyInARegistryHasNoIdAndNoRecord() {
        ReportedImage pushed = ReportedImage.of(null, Verb.BUILT).with(List.of(new ReportedName("app:1", DIGEST)));

        assertThat(pushed.getImageId()).isNull();
        assertThat(pushed.getShortId()).isNull();
        assertThat(pushed.getFingerprintUrl()).isNull();
        assertThat(pushed.isSame(pushed)).isFalse();
        assertThat(ReportedImage.of(ID, Verb.PUSHED).isSame(ReportedImage.of(ID, Verb.BUILT)))
                .isTrue();
    }
}

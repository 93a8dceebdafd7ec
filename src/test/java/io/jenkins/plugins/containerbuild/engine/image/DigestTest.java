package io.jenkins.plugins.containerbuild.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTest {

    @ParameterizedTest
    @CsvSource({"sha256, 64", "sha384, 96", "sha512, 128", "other, 32", "other.x+y, 40"})
    void readsAlgorithmAndHex(String algorithm, int length) {
        Digest digest = Digest.parse(algorithm + ":" + "0a".repeat(length / 2));

        assertThat(digest.algorithm()).isEqualTo(algorithm);
        assertThat(digest.hex()).hasSize(length);
        assertThat(digest).hasToString(algorithm + ":" + digest.hex()).isEqualTo(Digest.parse(digest.toString()));
    }

    @ParameterizedTest
    @CsvSource({"sha256, 62", "sha256, 66", "sha384, 64", "sha512, 96", "other, 30", "2sha, 64", "sha-, 64", "'', 64"})
    void refusesWrongLengthsAndAlgorithms(String algorithm, int length) {
        assertThatThrownBy(() -> Digest.parse(algorithm + ":" + "0a".repeat(length / 2)))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessageStartingWith("Invalid digest \"");
    }

    @Test
    void refusesWhatIsNoHex() {
        assertThatThrownBy(() -> Digest.parse("sha256:" + "g".repeat(64)))
                .hasMessageContaining("contains 'g' in the digest's hex part, where it is not allowed (position 8)");
        assertThatThrownBy(() -> Digest.parse("0a".repeat(32))).hasMessageContaining("has no ':'");
    }

    @Test
    void cannotBeMadeFromPartsThatAreNone() {
        assertThatThrownBy(() -> new Digest("sha256", "..")).isInstanceOf(InvalidReferenceException.class);
    }
}

package io.jenkins.plugins.containerbuild.engine.image.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The normal forms are those of PEP 440. */
class PythonVersionTest {

    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0, true",
        "v1.0, 1.0, true",
        "1.0.15, 1.0.15, true",
        "00.1, 0.1, true",
        "1!2.0, 1!2.0, true",
        "0!2.0, 2.0, true",
        "1.1RC1, 1.1rc1, false",
        "1.1.a1, 1.1a1, false",
        "1.1-a-1, 1.1a1, false",
        "1.1alpha1, 1.1a1, false",
        "1.1beta2, 1.1b2, false",
        "1.1c3, 1.1rc3, false",
        "1.1preview3, 1.1rc3, false",
        "1.2a, 1.2a0, false",
        "1.2-post2, 1.2.post2, false",
        "1.2post2, 1.2.post2, false",
        "1.0-r4, 1.0.post4, false",
        "1.0rev4, 1.0.post4, false",
        "1.0-1, 1.0.post1, false",
        "1.2.post, 1.2.post0, false",
        "1.2-dev2, 1.2.dev2, false",
        "1.2.dev, 1.2.dev0, false",
        "1.0a2.post1.dev3, 1.0a2.post1.dev3, false",
        "1.0+Ubuntu-01, 1.0+ubuntu.1, true",
        "99999999999999999999.0, 99999999999999999999.0, true"
    })
    void isWrittenInItsNormalForm(String text, String version, boolean release) {
        assertThat(PythonVersion.parse(text)).hasValueSatisfying(read -> {
            assertThat(read.version()).isEqualTo(version);
            assertThat(read.release()).isEqualTo(release);
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0, 0", "1.2, 1, 2, 0", "v01.02.03.04, 1, 2, 3", "2!4.5.6, 4, 5, 6"})
    void hasThreeNumbers(String text, String major, String minor, String patch) {
        assertThat(PythonVersion.parse(text)).hasValueSatisfying(read -> {
            assertThat(read.major()).isEqualTo(major);
            assertThat(read.minor()).isEqualTo(minor);
            assertThat(read.patch()).isEqualTo(patch);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sometag", "1.", "1.0-beta.67-x", "1.0+", "1.0+a+b", "1.0 1", "release1", "1.0-"})
    void isNone(String text) {
        assertThat(PythonVersion.parse(text)).isEmpty();
    }
}

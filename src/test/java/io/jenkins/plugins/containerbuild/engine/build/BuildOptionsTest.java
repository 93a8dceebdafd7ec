package io.jenkins.plugins.containerbuild.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildOptionsTest {

    @ParameterizedTest
    @CsvSource({"64m, 67108864", "2g, 2147483648", "1024, 1024", "1k, 1024", "1KB, 1024", "5 b, 5", "1mib, 1048576"})
    void readsSizesAsTheDockerCliWritesThem(String text, long bytes) throws Exception {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "-1", "1x", "1.5g", "999999999999t"})
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("could not read the size '" + text + "'")
                .hasMessageContaining("64m");
    }

    @Test
    void readsUlimits() throws Exception {
        assertThat(Ulimit.parse("nofile=1024:2048")).isEqualTo(new Ulimit("nofile", 1024, 2048));
        assertThat(Ulimit.parse("nproc=512")).isEqualTo(new Ulimit("nproc", 512, 512));
        assertThat(Ulimit.parse("core=0:-1")).isEqualTo(new Ulimit("core", 0, -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nofile", "nofile=", "=1", "nofile=2:1", "nofile=-1:5", "nofile=1:2:3", "NOFILE=1"})
    void refusesWhatIsNoUlimit(String text) {
        assertThatThrownBy(() -> Ulimit.parse(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void aFailedBuildShowsTheInstructionAndTheLastLines() {
        BuildFailedException failure = new BuildFailedException(
                "could not build app:1", "code 2", "", "RUN make", List.of("cc a.c", "a.c: no such file"));

        assertThat(failure)
                .hasMessage("could not build app:1: code 2\nFailed instruction: RUN make\nLast 2 lines of output:\n"
                        + "  cc a.c\n  a.c: no such file\n");
    }
}

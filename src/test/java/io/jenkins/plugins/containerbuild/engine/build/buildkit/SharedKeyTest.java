package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SharedKeyTest {

    @Test
    void isTheSameForADirectoryAndTellsNothingOfIt() {
        String key = SharedKey.of(Path.of("/srv/secret-project"));

        assertThat(key).isEqualTo(SharedKey.of(Path.of("/srv/secret-project"))).matches("[0-9a-f]{64}");
        assertThat(key).isNotEqualTo(SharedKey.of(Path.of("/srv/other")));
    }
}

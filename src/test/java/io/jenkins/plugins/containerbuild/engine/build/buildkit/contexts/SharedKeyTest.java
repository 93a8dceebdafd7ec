package io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedKeyTest {

    @Test
    void isTheSameForADirectoryAndTellsNothingOfIt() {
        String key = SharedKey.of("file:///srv/secret-project/");

        assertThat(key).isEqualTo(SharedKey.of("file:///srv/secret-project/")).matches("[0-9a-f]{64}");
        assertThat(key).isNotEqualTo(SharedKey.of("file:///srv/other/"));
    }
}

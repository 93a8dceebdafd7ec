package io.jenkins.plugins.containerbuild.engine.build.buildkit.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionRehearsalTest {

    @Test
    void aSessionAnswersWithoutADaemonAndLeavesNoThread() throws Exception {
        SessionRehearsal.run();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("container engine rehearsal");
    }
}

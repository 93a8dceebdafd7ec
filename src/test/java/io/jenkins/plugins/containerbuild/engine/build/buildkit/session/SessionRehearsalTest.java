package io.jenkins.plugins.containerbuild.engine.build.buildkit.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

class SessionRehearsalTest {

    private final Logger grpc = Logger.getLogger("io.grpc");
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord told) {
            if (told.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(told.getMessage());
            }
        }

        @Override
        public void flush() {
            // nothing is held
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @BeforeEach
    void listen() {
        grpc.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        grpc.removeHandler(handler);
    }

    /** Several times: what is logged at the end depends on which thread comes first. */
    @RepeatedTest(20)
    void aSessionAnswersWithoutADaemonAndLeavesNeitherThreadsNorWarnings() throws Exception {
        SessionRehearsal.run();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("container engine rehearsal");
        assertThat(warnings).isEmpty();
    }
}

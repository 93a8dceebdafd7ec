package io.jenkins.plugins.containerbuild.engine.build.buildkit.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.image.ImageLoad;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An image's archive goes into an Engine while it comes. */
@WithEngine
class EngineLoadIT {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private static LoadEngine engine(TestEngine daemon) {
        return new LoadEngine(new EndpointRequest(daemon.uri().toString(), null, Map.of()), event -> {});
    }

    @Test
    void loadsAnArchive(TestEngine daemon) throws Exception {
        try (LoadEngine engine = engine(daemon);
                InputStream saved =
                        daemon.client().saveImageCmd(TestEngine.BASE_IMAGE).exec()) {
            EngineLoad load = new EngineLoad(new ImageLoad(engine.connection()), threads);
            try (OutputStream archive = load.open()) {
                saved.transferTo(archive);
            }

            assertThat(load.keep()).isNull();
            assertThat(load.taken()).isEqualTo(TestEngine.BASE_IMAGE);
        }
    }

    @Test
    void saysWhatTheEngineHasAgainstAnArchive(TestEngine daemon) throws Exception {
        try (LoadEngine engine = engine(daemon)) {
            EngineLoad load = new EngineLoad(new ImageLoad(engine.connection()), threads);
            try (OutputStream archive = load.open()) {
                archive.write("no archive at all".getBytes(StandardCharsets.UTF_8));
            }

            assertThatThrownBy(load::keep)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("could not load the image into the Docker Engine at " + daemon.uri());
        }
    }

    @Test
    void anArchiveThatIsGivenUpIsNotLoaded(TestEngine daemon) throws Exception {
        try (LoadEngine engine = engine(daemon)) {
            EngineLoad load = new EngineLoad(new ImageLoad(engine.connection()), threads);
            OutputStream archive = load.open();
            archive.write(new byte[100_000]);
            load.discard();

            assertThatThrownBy(() -> archive.write(1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("given up");
            assertThat(load.taken()).isNull();
        }
    }
}

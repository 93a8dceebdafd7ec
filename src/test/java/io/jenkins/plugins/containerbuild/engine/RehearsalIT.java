package io.jenkins.plugins.containerbuild.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithEngine
class RehearsalIT {

    @Test
    void aDaemonIsAskedAndNoThreadIsLeft(TestEngine engine) throws Exception {
        Rehearsal.of(EndpointRequest.fromEnvironment(
                Map.of("DOCKER_HOST", engine.uri().toString())));

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("container engine rehearsal");
    }

    @Test
    void noDaemonIsNoFailure(@TempDir Path folder) {
        EndpointRequest nowhere =
                EndpointRequest.fromEnvironment(Map.of("DOCKER_HOST", "unix://" + folder.resolve("docker.sock")));

        assertThatCode(() -> Rehearsal.of(nowhere)).doesNotThrowAnyException();
    }
}

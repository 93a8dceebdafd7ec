package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Git over SSH with the BuildKit of Engine 26.1. */
@WithEngine(EngineKind.ENGINE_26)
class SshContextsOnEngine26IT extends SshContextBuilds {

    @Override
    String host() {
        return "127.0.0.1";
    }

    @Override
    int port() {
        return 0;
    }

    @Override
    String address(int port) {
        return "ssh://git@" + host() + ":" + port + "/app.git";
    }

    @Test
    void addsARepository(TestEngine daemon) throws Exception {
        Path context = dockerfile(
                folder.resolve("adding"), "FROM base:1", "ADD " + repository() + "#main /app", "RUN cat /app/hello");

        buildAsOwner(daemon, withSsh(context.toString()));
    }
}

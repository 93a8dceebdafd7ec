package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import org.junit.jupiter.api.Test;

/** Builds again on the newest Engine, which can be told which session has the files. */
@WithEngine(EngineKind.ENGINE_NEWEST)
class UnchangedContextInNewestEngineIT extends UnchangedContextBuilds {

    @Test
    void everyBuildNeedsItsOwnLoginAlsoWhereItsFilesAreKnown(
            TestEngine daemon, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry) throws Exception {
        String base = needLogin(daemon, registry);
        build(daemon, request().pull(true));
        buildWithoutFiles(daemon, request().pull(true));

        assertRefusedWithoutLogin(daemon, base);
    }
}

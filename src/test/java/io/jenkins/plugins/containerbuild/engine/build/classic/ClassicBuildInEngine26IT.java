package io.jenkins.plugins.containerbuild.engine.build.classic;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.build.BuildBehaviours;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;

/** The classic builder as it is in Engine 26.1. */
@WithEngine(EngineKind.ENGINE_26)
class ClassicBuildInEngine26IT extends BuildBehaviours {

    @Override
    protected EngineUnderTest open(TestEngine daemon, Registries registries, CredentialsSource credentials)
            throws Exception {
        return EngineUnderTest.withClassicBuilder(daemon, registries, credentials);
    }
}

package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;

@WithEngine(EngineKind.ENGINE_NEWEST)
class DirectPushOnNewestEngineIT extends DirectPushes {}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;

/** The BuildKit of the newest Engine. */
@WithEngine(EngineKind.ENGINE_NEWEST)
class SyntaxInNewestEngineIT extends SyntaxBuilds {}

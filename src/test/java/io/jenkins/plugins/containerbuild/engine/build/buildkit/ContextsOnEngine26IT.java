package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;

/** The contexts that BuildKit knows in Engine 26.1. */
@WithEngine(EngineKind.ENGINE_26)
class ContextsOnEngine26IT extends NamedContextBuilds {}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;

/** In Engine 26.1. */
@WithEngine(EngineKind.ENGINE_26)
class SecretsInEngine26IT extends SecretBuilds {}

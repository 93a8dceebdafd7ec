package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;

/** Git over SSH with the BuildKit of the newest Engine of Debian. */
@WithEngine(EngineKind.ENGINE_NEWEST)
class SshContextsInNewestEngineIT extends SshContextsOnEngine26IT {}

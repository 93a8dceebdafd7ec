package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;

/** In the installed Engine: BuildKit 0.8 in that of Debian 12. */
@WithEngine(EngineKind.INSTALLED)
class SecretsIT extends SecretBuilds {}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;

/** Caches of the installed Engine's BuildKit, 0.8. */
@WithEngine
class CacheIT extends ClassicCacheBuilds {

    CacheIT() {
        super(EngineKind.INSTALLED);
    }
}

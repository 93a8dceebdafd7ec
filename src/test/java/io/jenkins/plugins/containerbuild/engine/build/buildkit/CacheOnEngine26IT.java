package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;

/** Caches of Engine 26.1 with its own image store. */
@WithEngine(EngineKind.ENGINE_26)
class CacheOnEngine26IT extends ClassicCacheBuilds {

    CacheOnEngine26IT() {
        super(EngineKind.ENGINE_26);
    }
}

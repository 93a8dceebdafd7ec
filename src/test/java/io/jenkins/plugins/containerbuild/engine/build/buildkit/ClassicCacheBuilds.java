package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import org.junit.jupiter.api.Test;

/** What an Engine with its own image store can do with caches. */
abstract class ClassicCacheBuilds extends CacheBuilds {

    ClassicCacheBuilds(EngineKind kind) {
        super(kind);
    }

    @Test
    void saysWhichCachesThisDaemonHas(TestEngine daemon) {
        for (String target : new String[] {"type=registry,ref=a/b", "type=local,dest=cache", "type=gha"}) {
            assertThatThrownBy(() -> build(daemon, request().cacheTo(caches(target))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("cacheTo with " + target.split(",")[0])
                    .hasMessageContaining("type=inline");
        }
        assertThatThrownBy(() -> build(daemon, request().cacheFrom(caches("type=gha"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("cacheFrom with type=gha");
    }
}

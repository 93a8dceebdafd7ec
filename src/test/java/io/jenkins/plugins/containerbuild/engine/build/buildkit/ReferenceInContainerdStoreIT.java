package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What is new in the corpus on a BuildKit that keeps its images in containerd's store. */
@WithEngine(EngineKind.ENGINE_26_CONTAINERD)
class ReferenceInContainerdStoreIT extends ReferenceBuilds {

    static Stream<Path> cases() throws Exception {
        return casesIn("corpus-of-today");
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The corpus on the BuildKit of Engine 26.1. */
@WithEngine(EngineKind.ENGINE_26)
class ReferenceInEngine26IT extends ReferenceBuilds {

    static Stream<Path> cases() throws Exception {
        return casesIn("corpus", "corpus-of-today");
    }
}

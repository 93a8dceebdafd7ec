package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What is new in the corpus on the BuildKit of the newest Engine of Debian. */
@WithEngine(EngineKind.ENGINE_NEWEST)
class ReferenceInNewestEngineIT extends ReferenceBuilds {

    static Stream<Path> cases() throws Exception {
        return casesIn("corpus-of-today", "corpus-of-newest");
    }
}

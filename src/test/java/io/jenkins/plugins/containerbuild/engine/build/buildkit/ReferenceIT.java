package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The corpus on the BuildKit of Engine 20.10. */
@WithEngine
class ReferenceIT extends ReferenceBuilds {

    /**
     * Without those ignore files whose exceptions have wildcards: the docker commands of the time of this Engine leave out
     * what only such an exception brings back, and its own BuildKit is not asked.
     */
    static Stream<Path> cases() throws Exception {
        return casesIn("corpus");
    }
}

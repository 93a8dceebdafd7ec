package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The corpus on the BuildKit of Engine 20.10. */
@WithEngine
class ReferenceIT extends ReferenceBuilds {

    /** Newer daemons encode rules that are not ASCII, which docker commands of the time of this one do not decode. */
    static Stream<Path> cases() throws Exception {
        return casesIn("corpus", "corpus-of-20");
    }
}

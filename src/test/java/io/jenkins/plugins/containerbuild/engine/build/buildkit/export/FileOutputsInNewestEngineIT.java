package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;

/** BuildKit as it is in the newest Engine that there is to test with. */
@WithEngine(EngineKind.ENGINE_NEWEST)
class FileOutputsInNewestEngineIT extends FileOutputs {}

package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;

/** BuildKit 0.8, as in Engine 20.10: it knows one output a build, and no header that names it. */
@WithEngine(EngineKind.INSTALLED)
class FileOutputsIT extends FileOutputs {}

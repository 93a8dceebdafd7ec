package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;

/** BuildKit 0.13 with its images in the store of containerd. */
@WithEngine(EngineKind.ENGINE_26_CONTAINERD)
class FileOutputsInContainerdIT extends FileOutputs {}

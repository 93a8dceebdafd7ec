package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;

/** BuildKit of an Engine that keeps its images in containerd's store, where an image's id is its manifest's. */
@WithEngine(EngineKind.ENGINE_26_CONTAINERD)
class BuildKitInContainerdStoreIT extends BuildKitBuilds {}

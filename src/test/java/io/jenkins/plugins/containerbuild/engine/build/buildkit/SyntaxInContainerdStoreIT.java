package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;

/** The BuildKit of Engine 26.1 with images in containerd's store. */
@WithEngine(EngineKind.ENGINE_26_CONTAINERD)
class SyntaxInContainerdStoreIT extends SyntaxBuilds {}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;

/** The contexts that BuildKit knows in Engine 26.1 with its images in containerd's store. */
@WithEngine(EngineKind.ENGINE_26_CONTAINERD)
class ContextsOnContainerdIT extends NamedContextBuilds {}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;

/** In Engine 26.1 with its images in containerd's store, where an image may carry more than itself. */
@WithEngine(EngineKind.ENGINE_26_CONTAINERD)
class SecretsInContainerdStoreIT extends SecretBuilds {}

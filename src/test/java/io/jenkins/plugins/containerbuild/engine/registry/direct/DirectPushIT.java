package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.testkit.WithEngine;

@WithEngine
class DirectPushIT extends DirectPushes {}

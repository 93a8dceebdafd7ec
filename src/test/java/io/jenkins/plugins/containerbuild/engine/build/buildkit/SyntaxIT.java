package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.WithEngine;

/** The BuildKit of Engine 20.10, whose own frontend knows neither heredocs nor named contexts. */
@WithEngine
class SyntaxIT extends SyntaxBuilds {}

/**
 * Real container engines, real registries and a proxy that misbehaves on request, for tests. Plain Java, no Jenkins type.
 * The scripts {@code dev/engine} and {@code dev/registry} start and end the real ones, so that a test run and a person at
 * a shell get the very same.
 */
package io.jenkins.plugins.containerbuild.testkit;

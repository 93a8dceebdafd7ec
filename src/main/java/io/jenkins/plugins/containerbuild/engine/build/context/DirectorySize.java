package io.jenkins.plugins.containerbuild.engine.build.context;

/**
 * A directory at the context's top.
 *
 * @param name its name
 * @param bytes what the files in it, at any depth, had together
 */
public record DirectorySize(String name, long bytes) {}

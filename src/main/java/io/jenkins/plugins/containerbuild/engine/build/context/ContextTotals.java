package io.jenkins.plugins.containerbuild.engine.build.context;

/**
 * How much of a context was sent.
 *
 * @param files files and links; directories do not count
 * @param bytes the files' contents, without the archive's own headers
 */
public record ContextTotals(long files, long bytes) {}

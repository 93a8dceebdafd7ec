package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import io.jenkins.plugins.containerbuild.engine.build.context.PathPatterns;
import java.util.List;

/**
 * What a daemon asks for in the headers of its call.
 *
 * @param directory a name that both sides know, no path; empty when there was none
 * @param patterns which of its files
 */
record SyncRequest(String directory, PathPatterns patterns) {

    private static final List<String> IGNORE_FILE = List.of(".dockerignore");

    /** Whether it is only about the ignore file, which BuildKit reads before it asks for the context itself. */
    boolean isForIgnoreFile() {
        return patterns.included().isEmpty() && patterns.followed().equals(IGNORE_FILE)
                || patterns.followed().isEmpty() && patterns.included().equals(IGNORE_FILE);
    }
}

package io.jenkins.plugins.containerbuild.engine.build.context;

import java.util.List;

/**
 * Which files of a directory a daemon asks for, in the meaning of BuildKit's file synchronisation (tonistiigi/fsutil).
 * The patterns are those of moby/patternmatcher; a path also matches through a parent directory.
 *
 * @param included what is wanted; empty for everything, unless {@code followed} names something
 * @param excluded what is left out of it, with exceptions in their order
 * @param followed more that is wanted; where symbolic links are on the way, they and what they lead to
 */
public record PathPatterns(List<String> included, List<String> excluded, List<String> followed) {

    /** Copies the lists. */
    public PathPatterns {
        included = List.copyOf(included);
        excluded = List.copyOf(excluded);
        followed = List.copyOf(followed);
    }
}

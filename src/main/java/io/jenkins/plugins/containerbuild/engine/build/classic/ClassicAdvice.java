package io.jenkins.plugins.containerbuild.engine.build.classic;

import io.jenkins.plugins.containerbuild.engine.registry.RegistryAdvice;
import java.util.List;
import java.util.Locale;

/** What helps when the classic builder refuses or fails. */
final class ClassicAdvice {

    private static final String NEEDS_BUILDKIT =
            "needs BuildKit: use a daemon that has it, without DOCKER_BUILDKIT=0 in the environment";

    private ClassicAdvice() {}

    /** When the daemon does not even begin. */
    static String onRefusal(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("unknown flag")) {
            return "Correct the Dockerfile; a flag such as --link " + NEEDS_BUILDKIT;
        }
        if (lower.contains("unknown instruction")) {
            return "Correct the Dockerfile; should the line belong to a heredoc (<<EOF), that " + NEEDS_BUILDKIT;
        }
        return "Correct the Dockerfile or the option that it names";
    }

    /**
     * When the build fails.
     *
     * @param error the daemon's reason
     * @param lastLines the last lines of output, which tell of a full disk in the instruction's own words
     * @return an empty text where there is nothing to advise
     */
    static String onFailure(String error, List<String> lastLines) {
        String all = (error + String.join("\n", lastLines)).toLowerCase(Locale.ROOT);
        if (all.contains("no space left on device")) {
            return "The daemon's disk is full: free space on its host, for example with 'docker system prune'";
        }
        if (error.contains("requires BuildKit")
                || error.toLowerCase(Locale.ROOT).contains("unknown flag: mount")) {
            return "RUN --mount " + NEEDS_BUILDKIT;
        }
        // A failed command's own words are no business of registries.
        return error.contains("returned a non-zero code") ? "" : RegistryAdvice.forBaseImage(error);
    }
}

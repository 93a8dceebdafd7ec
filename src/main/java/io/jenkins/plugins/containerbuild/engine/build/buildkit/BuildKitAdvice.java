package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.registry.RegistryAdvice;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What helps when a build with BuildKit fails, and its errors without the wrapping. */
final class BuildKitAdvice {

    private static final Pattern WRAPPING = Pattern.compile(
            "^(?:(?:failed to solve(?: with frontend \\S+)?|failed to build LLB|rpc error: code = \\w+ desc =|"
                    + "dockerfile parse error|failed to create LLB definition|failed to load cache key)(?:: | ))+");

    private BuildKitAdvice() {}

    /** The daemon's words without those that only say that something failed. */
    static String plain(String error) {
        return WRAPPING.matcher(error.strip()).replaceFirst("").strip();
    }

    /**
     * What to do next.
     *
     * @param error the daemon's reason
     * @param lastLines the failed step's last lines
     * @return an empty text where there is nothing to advise
     */
    static String onFailure(String error, List<String> lastLines) {
        String all = (error + String.join("\n", lastLines)).toLowerCase(Locale.ROOT);
        if (all.contains("no space left on device")) {
            return "The daemon's disk is full: free space on its host, for example with 'docker system prune'";
        }
        String lower = error.toLowerCase(Locale.ROOT);
        if (lower.contains("unknown instruction")) {
            return "Correct the Dockerfile; should the line belong to a heredoc (<<EOF), make"
                    + " '# syntax=docker/dockerfile:1' the Dockerfile's first line (the daemon needs access to its"
                    + " registry for it) or use a newer Engine";
        }
        if (lower.contains("unknown flag")) {
            return "Correct the Dockerfile; for a flag that this daemon is too old for, make"
                    + " '# syntax=docker/dockerfile:1' the Dockerfile's first line (the daemon needs access to its"
                    + " registry for it) or use a newer Engine";
        }
        if (lower.contains("network.host is not allowed")) {
            return "Let the daemon's administrator allow the entitlement network-host in daemon.json, or leave the"
                    + " network option out";
        }
        // A failed command's own words are no business of registries.
        return lower.contains("exit code:") ? "" : RegistryAdvice.forBaseImage(error);
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.registry.RegistryAdvice;
import java.util.List;
import java.util.Locale;

/** What helps when a build with BuildKit fails. */
final class BuildKitAdvice {

    private static final int KILLED = 137;
    private static final int NO_SUCH_COMMAND = 127;

    private BuildKitAdvice() {}

    /**
     * What to do next.
     *
     * @param reason why the build failed
     * @param lastLines the failed step's last lines
     * @return an empty text where there is nothing to advise
     */
    static String onFailure(FailureReason reason, List<String> lastLines) {
        String all = (reason.why() + String.join("\n", lastLines)).toLowerCase(Locale.ROOT);
        if (all.contains("no space left on device")) {
            return "The daemon's disk is full: free space on its host, for example with 'docker system prune'";
        }
        if (reason.exitCode() != null) {
            return onExitCode(reason.exitCode());
        }
        String ofSecret = SecretAdvice.onFailure(reason.why());
        if (!ofSecret.isEmpty()) {
            return ofSecret;
        }
        String why = reason.why().toLowerCase(Locale.ROOT);
        String ofGit = GitAdvice.onFailure(all);
        if (!ofGit.isEmpty()) {
            return ofGit;
        }
        String ofDockerfile = onDockerfile(why);
        return ofDockerfile.isEmpty() ? RegistryAdvice.forBaseImage(reason.why()) : ofDockerfile;
    }

    /** A failed command's own words are no business of registries. */
    private static String onExitCode(int code) {
        return switch (code) {
            case KILLED -> "The command was killed, as happens when memory runs out on the daemon's host";
            case NO_SUCH_COMMAND -> "A command was not found: install it in the image, or correct its name or PATH";
            default -> "";
        };
    }

    private static String onDockerfile(String why) {
        if (why.contains("unknown instruction")) {
            return "Correct the Dockerfile; should the line belong to a heredoc (<<EOF), make"
                    + " '# syntax=docker/dockerfile:1' the Dockerfile's first line (the daemon needs access to its"
                    + " registry for it) or use a newer Engine";
        }
        if (why.contains("unknown flag")) {
            return "Correct the Dockerfile; for a flag that this daemon is too old for, make"
                    + " '# syntax=docker/dockerfile:1' the Dockerfile's first line (the daemon needs access to its"
                    + " registry for it) or use a newer Engine";
        }
        if (why.contains("the dockerfile cannot be read") || why.contains("file with no instructions")) {
            return "Correct the Dockerfile";
        }
        if (why.contains("target stage") && why.contains("could not be found")) {
            return "Give the option target the name of one of the Dockerfile's stages, the name behind AS";
        }
        if (why.contains("failed to parse stage name")) {
            return "Correct the image's name in FROM; an ARG in it needs a value from buildArgs, or a default before the"
                    + " first FROM";
        }
        if (why.contains("lint violation found")) {
            return "Correct what the warnings above name, or take error=true out of the Dockerfile's line '# check='";
        }
        if (why.contains("which the dockerfile's line '# syntax='")) {
            return "Let the daemon reach that registry, name the frontend in a registry that it reaches, or take the line"
                    + " out where the daemon's own frontend will do";
        }
        if (why.contains("network.host is not allowed")) {
            return "Let the daemon's administrator allow the entitlement network-host in daemon.json, or leave the"
                    + " network option out";
        }
        return "";
    }
}

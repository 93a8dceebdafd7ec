package io.jenkins.plugins.containerbuild.engine.build.buildkit;

/** What helps when the daemon cannot fetch a Git repository, be it the context or what {@code ADD} names. */
final class GitAdvice {

    private GitAdvice() {}

    /**
     * What to do next.
     *
     * @param why why the build failed and the last lines before, in lower-case letters; Git's own words are in them
     * @return an empty text where Git has nothing to do with it
     */
    static String onFailure(String why) {
        if (!why.contains("git")) {
            return "";
        }
        if (why.contains("permission denied (publickey")) {
            return "The Git server takes none of the keys that the build was given: give the option ssh a key that may"
                    + " read the repository (on the command line --ssh default=KEY)";
        }
        if (why.contains("could not read username") || why.contains("authentication failed")) {
            return "The Git server wants a login: give a token that may read the repository as the secret"
                    + " GIT_AUTH_TOKEN, or use an address with SSH and the option ssh";
        }
        if (why.contains("find remote ref") || why.contains("did not match any")) {
            return "Check the branch, tag or commit behind the # of the address";
        }
        if (why.contains("\"git\": executable file not found") || why.contains("failed to find git binary")) {
            return "Install git on the daemon's host: BuildKit fetches repositories with it";
        }
        if (why.contains("cannot run ssh")) {
            return "Install an SSH client on the daemon's host: Git uses it for such addresses";
        }
        return "";
    }
}

package io.jenkins.plugins.containerbuild.engine.image.tagging;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads facts from the variables that Jenkins' multibranch jobs and its Git plugin set. */
public final class JenkinsVariables {

    private static final Pattern FULL_REF = Pattern.compile("refs/(heads|tags)/(.+)");
    private static final Pattern REMOTE_BRANCH = Pattern.compile("(?:refs/remotes/)?[^/]+/(.+)");

    private final Map<String, String> variables;

    /** @param variables an environment; not null */
    public JenkinsVariables(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** Puts into the facts what the variables tell, and "not known" for the rest. */
    public BuildFacts.Builder addTo(BuildFacts.Builder facts) {
        GitRef ref = ref();
        boolean primary = "true".equals(value("BRANCH_IS_PRIMARY"));
        return facts.ref(ref)
                .baseBranch(value("CHANGE_TARGET"))
                .commit(value("GIT_COMMIT"))
                .defaultBranch(primary ? ref.nameOf(GitRef.Kind.BRANCH).orElse(null) : null)
                .repository(value("GIT_URL") == null ? value("GIT_URL_1") : value("GIT_URL"));
    }

    /** A multibranch job names a tag and a pull request in BRANCH_NAME as well, so that one comes last of its own. */
    private GitRef ref() {
        if (value("TAG_NAME") != null) {
            return GitRef.tag(value("TAG_NAME"));
        }
        if (value("CHANGE_ID") != null) {
            return GitRef.pullRequest(value("CHANGE_ID"));
        }
        if (value("BRANCH_NAME") != null) {
            return GitRef.branch(value("BRANCH_NAME"));
        }
        if (value("GIT_LOCAL_BRANCH") != null) {
            return GitRef.branch(value("GIT_LOCAL_BRANCH"));
        }
        return value("GIT_BRANCH") == null ? GitRef.NONE : ofGitPlugin(value("GIT_BRANCH"));
    }

    /** The Git plugin writes {@code origin/main}, a full ref where one was asked for, and {@code detached}. */
    private static GitRef ofGitPlugin(String text) {
        Matcher full = FULL_REF.matcher(text);
        if (full.matches()) {
            return full.group(1).equals("tags") ? GitRef.tag(full.group(2)) : GitRef.branch(full.group(2));
        }
        Matcher remote = REMOTE_BRANCH.matcher(text);
        return remote.matches() ? GitRef.branch(remote.group(1)) : GitRef.NONE;
    }

    private String value(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value.trim();
    }
}

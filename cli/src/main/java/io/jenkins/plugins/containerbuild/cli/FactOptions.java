package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.image.tagging.BuildFacts;
import io.jenkins.plugins.containerbuild.engine.image.tagging.GitRef;
import io.jenkins.plugins.containerbuild.engine.image.tagging.JenkinsVariables;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What tag rules go by. Nothing is taken from the environment or from Git by itself. */
final class FactOptions {

    @Option(names = "--branch", paramLabel = "NAME", description = "The branch that is built.")
    private String branch;

    @Option(names = "--git-tag", paramLabel = "NAME", description = "The Git tag that is built.")
    private String gitTag;

    @Option(names = "--pull-request", paramLabel = "NUMBER", description = "The pull request that is built.")
    private String pullRequest;

    @Option(names = "--base-branch", paramLabel = "NAME", description = "The branch that a pull request is for.")
    private String baseBranch;

    @Option(names = "--commit", paramLabel = "SHA", description = "The full hash of the commit.")
    private String commit;

    @Option(
            names = "--commit-date",
            paramLabel = "TIME",
            description = "When the commit was made, such as 2026-01-31T12:00:00Z.")
    private String commitDate;

    @Option(names = "--default-branch", paramLabel = "NAME", description = "The repository's default branch.")
    private String defaultBranch;

    @Option(names = "--scheduled", description = "A timer started the build.")
    private boolean scheduled;

    @Option(names = "--repository", paramLabel = "URL", description = "The repository's address.")
    private String repository;

    @Option(names = "--started", paramLabel = "TIME", description = "When the build began; now without it.")
    private String started;

    @Option(
            names = "--jenkins-variables",
            description =
                    "Take what no option says from the variables of a Jenkins build: BRANCH_NAME, TAG_NAME,"
                            + " CHANGE_ID, CHANGE_TARGET, BRANCH_IS_PRIMARY, GIT_COMMIT, GIT_BRANCH, GIT_LOCAL_BRANCH, GIT_URL.")
    private boolean jenkinsVariables;

    /** @throws UsageException when a time cannot be read, or more than one thing is built */
    BuildFacts read() throws UsageException {
        BuildFacts.Builder facts = BuildFacts.at(started == null ? Instant.now() : time("--started", started));
        BuildFacts found = (jenkinsVariables ? new JenkinsVariables(System.getenv()).addTo(facts) : facts).build();
        GitRef given = ref();
        return facts.ref(given == GitRef.NONE ? found.ref() : given)
                .baseBranch(or(baseBranch, found.baseBranch()))
                .commit(or(commit, found.commit()))
                .commitDate(commitDate == null ? null : time("--commit-date", commitDate))
                .defaultBranch(or(defaultBranch, found.defaultBranch()))
                .scheduled(scheduled)
                .repository(or(repository, found.repository()))
                .build();
    }

    private GitRef ref() throws UsageException {
        List<GitRef> given = new ArrayList<>();
        if (branch != null) {
            given.add(GitRef.branch(branch));
        }
        if (gitTag != null) {
            given.add(GitRef.tag(gitTag));
        }
        if (pullRequest != null) {
            given.add(GitRef.pullRequest(pullRequest));
        }
        if (given.size() > 1) {
            throw new UsageException(
                    "could not read what is built",
                    "it is one of a branch, a tag and a pull request",
                    "Give one of --branch, --git-tag and --pull-request");
        }
        return given.isEmpty() ? GitRef.NONE : given.get(0);
    }

    private static String or(String given, String found) {
        return given == null ? found : given;
    }

    private static Instant time(String option, String text) throws UsageException {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new UsageException(
                    "could not read " + option + " '" + text + "'",
                    "it is no time with a zone",
                    "Write for example 2026-01-31T12:00:00Z or what git show -s --format=%cI says");
        }
    }
}

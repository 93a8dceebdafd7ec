package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.scm.ChangeLogSet;
import hudson.triggers.TimerTrigger.TimerTriggerCause;
import io.jenkins.plugins.containerbuild.engine.image.tagging.BuildFacts;
import io.jenkins.plugins.containerbuild.engine.image.tagging.JenkinsVariables;
import java.time.Instant;
import java.util.Map;
import jenkins.scm.RunWithSCM;

/** What tag rules go by, of a build of Jenkins. */
final class RunFacts {

    private RunFacts() {}

    /**
     * The facts: those of the environment, which the job's source control fills, and of the build itself.
     *
     * @param defaultBranch the repository's default branch as the user says it; null to go by the environment
     */
    static BuildFacts of(OptionReader options, @CheckForNull String defaultBranch) {
        Run<?, ?> run = options.run();
        BuildFacts.Builder facts = new JenkinsVariables(options.environmentWith(Map.of()))
                .addTo(BuildFacts.at(Instant.ofEpochMilli(run.getStartTimeInMillis())))
                .scheduled(run.getCauses().stream().anyMatch(TimerTriggerCause.class::isInstance));
        if (defaultBranch != null) {
            facts.defaultBranch(defaultBranch);
        }
        return facts.commitDate(commitDate(run, facts.build().commit())).build();
    }

    /** Known of a commit that is new in this build; Jenkins keeps no other dates. */
    @CheckForNull
    private static Instant commitDate(Run<?, ?> run, @CheckForNull String commit) {
        if (commit != null && run instanceof RunWithSCM<?, ?> checkedOut) {
            for (ChangeLogSet<?> changes : checkedOut.getChangeSets()) {
                for (ChangeLogSet.Entry change : changes) {
                    if (commit.equals(change.getCommitId()) && change.getTimestamp() > 0) {
                        return Instant.ofEpochMilli(change.getTimestamp());
                    }
                }
            }
        }
        return null;
    }
}

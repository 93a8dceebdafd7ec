package io.jenkins.plugins.containerbuild.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.User;
import hudson.scm.ChangeLogParser;
import hudson.scm.ChangeLogSet;
import hudson.scm.NullSCM;
import hudson.scm.RepositoryBrowser;
import hudson.scm.SCMRevisionState;
import hudson.tasks.Shell;
import hudson.triggers.TimerTrigger.TimerTriggerCause;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.freestyle.ContainerBuildBuilder;
import io.jenkins.plugins.containerbuild.freestyle.ContainerTagsBuilder;
import io.jenkins.plugins.containerbuild.operation.BuildOperation;
import io.jenkins.plugins.containerbuild.operation.TagsOperation;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Images named by what Jenkins builds. */
@WithJenkins
@WithEngine
@WithRegistry
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a job runs a shell script")
class TagRulesIT {

    private static final String SHA = "860c1904a1ce19322e91ac35af1ab07466440c37";

    private JenkinsRule jenkins;
    private TestEngine engine;
    private TestRegistry registry;

    @BeforeEach
    void findTheEngine(JenkinsRule rule, TestEngine testEngine, TestRegistry testRegistry) throws Exception {
        jenkins = rule;
        engine = testEngine;
        registry = testRegistry;
        // What the Git plugin sets in a job of one branch.
        JenkinsKit.useEngine(
                rule.jenkins,
                testEngine,
                Map.of(
                        "REGISTRY",
                        testRegistry.address(),
                        "GIT_BRANCH",
                        "origin/main",
                        "GIT_COMMIT",
                        SHA,
                        "GIT_URL",
                        "https://builder:secret@git.example/team/app.git"));
    }

    @Test
    void nameImagesInPipelines() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(JenkinsKit.jenkinsfile(TagRulesIT.class, "tags"), true));

        String log = JenkinsKit.plainLog(jenkins.buildAndAssertSuccess(job));

        String name = registry.address() + "/tags/app";
        assertThat(log)
                .contains("main: [" + name + ":main, " + name + ":latest, " + name
                        + ":sha-860c190] main [main, latest, sha-860c190] " + name + ":main " + name + ":latest " + name
                        + ":sha-860c190")
                .contains("labels: https://git.example/team/app " + SHA + " org.opencontainers.image.revision=" + SHA)
                .contains("usual: [pr-7] pr-7")
                .contains("none: [] null")
                .contains("type=semver: 'release' is no version", "The tag rules make no tag for this build")
                .contains("built: [" + name + ":fixed, " + name + ":1.2.3, " + name + ":1.2, " + name + ":latest]")
                .doesNotContain("builder:secret");
        String digest = registry.manifestDigest("tags/app", "fixed").orElseThrow();
        for (String tag : List.of("1.2.3", "1.2", "latest")) {
            assertThat(registry.manifestDigest("tags/app", tag)).hasValue(digest);
        }
        assertThat(engine.client()
                        .inspectImageCmd(name + ":1.2")
                        .exec()
                        .getConfig()
                        .getLabels())
                .containsEntry("org.opencontainers.image.title", "Mine")
                .containsEntry("org.opencontainers.image.version", "1.2.3")
                .containsEntry("org.opencontainers.image.source", "https://git.example/team/app")
                .containsEntry("org.opencontainers.image.revision", SHA);
    }

    @Test
    void nameImagesOfFreestyleJobsThatATimerStarts() throws Exception {
        TagsOperation tags = new TagsOperation();
        tags.setImage("$REGISTRY/tags/free");
        tags.setRules(List.of("type=schedule", "type=raw,value=default,enable={{is_default_branch}}"));
        tags.setDefaultBranch("main");
        BuildOperation build = new BuildOperation();
        build.setDockerfileInline("FROM base:1");
        build.setTagRules(List.of("type=schedule", "type=edge", "type=schedule,pattern={{commit_date 'YYYY'}}"));
        build.setTagImages(List.of("$REGISTRY/tags/free"));
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.setScm(new OneChange());
        project.getBuildersList().add(new ContainerTagsBuilder(tags));
        project.getBuildersList().add(new Shell("echo \"wanted $CONTAINER_TAGS, version $CONTAINER_VERSION\""));
        project.getBuildersList().add(new ContainerBuildBuilder(build));

        String name = registry.address() + "/tags/free";
        assertThat(log(project, new TimerTriggerCause()))
                .contains("wanted " + name + ":nightly " + name + ":default, version nightly")
                .contains("say which it is with defaultBranch")
                .contains(" as " + name + ":nightly, " + name + ":2001");
        assertThat(log(project, new Cause.UserIdCause()))
                .contains("wanted " + name + ":default, version default")
                .contains("The tag rules make no tag for this build");
    }

    private String log(FreeStyleProject project, Cause cause) throws Exception {
        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(project.scheduleBuild2(0, new CauseAction(cause)));
        return JenkinsKit.plainLog(build);
    }

    /** Source control in which the commit is new, and of 2001. */
    private static final class OneChange extends NullSCM {

        @Override
        public void checkout(
                Run<?, ?> build,
                Launcher launcher,
                FilePath workspace,
                TaskListener listener,
                File changelogFile,
                SCMRevisionState baseline)
                throws IOException {
            Files.writeString(changelogFile.toPath(), "one");
        }

        @Override
        public ChangeLogParser createChangeLogParser() {
            return new Parser();
        }
    }

    private static final class Parser extends ChangeLogParser {
        @Override
        public ChangeLogSet<Change> parse(Run build, RepositoryBrowser<?> browser, File changelogFile) {
            return new Changes(build, browser);
        }
    }

    private static final class Changes extends ChangeLogSet<Change> {

        Changes(Run<?, ?> build, RepositoryBrowser<?> browser) {
            super(build, browser);
        }

        @Override
        public boolean isEmptySet() {
            return false;
        }

        @Override
        public Iterator<Change> iterator() {
            return List.of(new Change()).iterator();
        }
    }

    private static final class Change extends ChangeLogSet.Entry {

        @Override
        public String getCommitId() {
            return SHA;
        }

        @Override
        public long getTimestamp() {
            return Instant.parse("2001-02-03T00:00:00Z").toEpochMilli();
        }

        @Override
        public String getMsg() {
            return "One change";
        }

        @Override
        public User getAuthor() {
            return User.getUnknown();
        }

        @Override
        public Collection<String> getAffectedPaths() {
            return List.of();
        }
    }
}

package io.jenkins.plugins.containerbuild.freestyle;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.Builder;
import hudson.tasks.Shell;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.operation.BuildOperation;
import io.jenkins.plugins.containerbuild.operation.CopyOperation;
import io.jenkins.plugins.containerbuild.operation.InspectOperation;
import io.jenkins.plugins.containerbuild.operation.MergeOperation;
import io.jenkins.plugins.containerbuild.operation.PullOperation;
import io.jenkins.plugins.containerbuild.operation.PushOperation;
import io.jenkins.plugins.containerbuild.operation.RunOperation;
import io.jenkins.plugins.containerbuild.operation.TagOperation;
import io.jenkins.plugins.containerbuild.operation.VolumeArchiveOperation;
import io.jenkins.plugins.containerbuild.operation.VolumeCopyOperation;
import io.jenkins.plugins.containerbuild.operation.VolumeOperation;
import io.jenkins.plugins.containerbuild.operation.VolumePruneOperation;
import io.jenkins.plugins.containerbuild.operation.VolumeRemoveOperation;
import io.jenkins.plugins.containerbuild.operation.VolumeRestoreOperation;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
@WithEngine
@WithRegistry
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the jobs run shell scripts")
class FreestyleIT {

    private JenkinsRule jenkins;
    private TestEngine engine;
    private TestRegistry registry;

    @BeforeEach
    void findTheEngine(JenkinsRule rule, TestEngine testEngine, TestRegistry testRegistry) throws Exception {
        jenkins = rule;
        engine = testEngine;
        registry = testRegistry;
        JenkinsKit.useEngine(rule.jenkins, testEngine, Map.of("REGISTRY", testRegistry.address()));
    }

    @Test
    void buildsTagsPushesAndPullsWithVariables() throws Exception {
        BuildOperation build = new BuildOperation();
        build.setTags(List.of("$REGISTRY/free/app:${BUILD_NUMBER}"));
        build.setBuildArgs(Map.of("NUMBER", "${BUILD_NUMBER}"));
        TagOperation tag = new TagOperation("${CONTAINER_IMAGE_ID}");
        tag.setTags(List.of("free/local:${BUILD_NUMBER}"));
        PushOperation push = new PushOperation("${CONTAINER_IMAGE_ID}");
        push.setTags(List.of("${REGISTRY}/free/app:${BUILD_NUMBER}", "${REGISTRY}/free/app:latest"));

        String log = succeeds(
                new Shell("printf 'FROM base:1\\nARG NUMBER\\nRUN test \"$NUMBER\" = 1\\n' > Dockerfile"),
                new ContainerBuildBuilder(build),
                new Shell(
                        "echo \"built $CONTAINER_IMAGE_ID as $CONTAINER_IMAGE_TAGS, digest <$CONTAINER_IMAGE_DIGEST>\""),
                new ContainerTagBuilder(tag),
                new ContainerPushBuilder(push),
                new Shell(
                        "echo \"pushed $CONTAINER_IMAGE_ID as $CONTAINER_IMAGE_TAGS, digest $CONTAINER_IMAGE_DIGEST\""),
                new ContainerPullBuilder(new PullOperation("$REGISTRY/free/app:latest")));

        String id = engine.imageId("free/local:1").orElseThrow();
        String name = registry.address() + "/free/app";
        assertThat(log)
                .contains("built " + id + " as " + name + ":1, digest <>")
                .contains("pushed " + id + " as " + name + ":1 " + name + ":latest, digest "
                        + registry.manifestDigest("free/app", "1").orElseThrow())
                .contains("Pulled " + name + ":latest");
    }

    @Test
    void mergesWithVariables() throws Exception {
        BuildOperation amd64 = scratch("amd64");
        BuildOperation arm64 = scratch("arm64");
        MergeOperation merge = new MergeOperation(
                List.of("$REGISTRY/free/merge:amd64", "${REGISTRY}/free/merge@${CONTAINER_IMAGE_DIGEST}"));
        merge.setTags(List.of("$REGISTRY/free/merge:${BUILD_NUMBER}"));

        String log = succeeds(
                new Shell("echo content > Dockerfile"),
                new ContainerBuildBuilder(amd64),
                new ContainerBuildBuilder(arm64),
                new ContainerMergeBuilder(merge),
                new Shell("echo \"merged <$CONTAINER_IMAGE_ID> $CONTAINER_IMAGE_DIGEST as $CONTAINER_IMAGE_TAGS\""));

        // An index is in registries: there is no id, and the one of the build before is not its own.
        assertThat(log)
                .contains("merged <> "
                        + registry.manifestDigest("free/merge", "1").orElseThrow() + " as " + registry.address()
                        + "/free/merge:1");
    }

    @Test
    void copiesAndInspectsWithVariables() throws Exception {
        CopyOperation copy = new CopyOperation("$REGISTRY/free/merge@$CONTAINER_IMAGE_DIGEST");
        copy.setTo(List.of("$REGISTRY/free/copy:${BUILD_NUMBER}"));

        String log = succeeds(
                new Shell("echo content > Dockerfile"),
                new ContainerBuildBuilder(scratch("amd64")),
                new ContainerCopyBuilder(copy),
                new ContainerInspectBuilder(new InspectOperation("$REGISTRY/free/copy:${BUILD_NUMBER}")),
                new Shell("echo \"copied <$CONTAINER_IMAGE_ID> $CONTAINER_IMAGE_DIGEST as $CONTAINER_IMAGE_TAGS\""));

        assertThat(log)
                .contains(
                        "copied <> " + registry.manifestDigest("free/copy", "1").orElseThrow() + " as "
                                + registry.address() + "/free/copy:1");
    }

    private static BuildOperation scratch(String architecture) {
        BuildOperation build = new BuildOperation();
        build.setVia(architecture.equals("arm64") ? "agent" : "engine");
        build.setDockerfileInline("FROM scratch\nCOPY Dockerfile /for-" + architecture);
        build.setPlatforms(List.of("linux/" + architecture));
        build.setTags(List.of("$REGISTRY/free/merge:" + architecture));
        build.setPush(true);
        return build;
    }

    @Test
    void tellsLaterBuildStepsWhatWasWritten() throws Exception {
        BuildOperation build = new BuildOperation();
        build.setDockerfileInline("FROM base:1\nRUN echo made > /made.txt");
        build.setOutputs(List.of("type=local,dest=out-${BUILD_NUMBER}"));

        String log = succeeds(
                new ContainerBuildBuilder(build),
                new Shell("echo \"wrote $CONTAINER_IMAGE_OUTPUTS, image <$CONTAINER_IMAGE_ID>\"; cat out-1/made.txt"));

        assertThat(log).containsPattern("wrote .+/out-1, image <>").contains("\nmade");
    }

    @Test
    void handsTheVariablesToTheBuildThatSecretsName() throws Exception {
        JenkinsKit.useEngine(jenkins.jenkins, engine, Map.of("APP_PASSWORD", "out of the environment"));
        BuildOperation build = new BuildOperation();
        build.setDockerfileInline(
                "FROM base:1\nRUN --mount=type=secret,id=password echo counted $(wc -c < /run/secrets/password)");
        build.setSecretEnvs(Map.of("password", "APP_PASSWORD"));

        assertThat(succeeds(new ContainerBuildBuilder(build)))
                .contains("counted 22\n")
                .doesNotContain("out of the environment");
    }

    @Test
    void fillsArchivesAndRemovesAVolumeByItsVariable() throws Exception {
        VolumeOperation volume = new VolumeOperation();
        volume.setName("free-${BUILD_NUMBER}");
        volume.setScope("build");

        String log = succeeds(
                new Shell("mkdir in && echo content > in/file"),
                new ContainerVolumeBuilder(volume),
                new ContainerVolumeCopyBuilder(new VolumeCopyOperation("in", "${CONTAINER_VOLUME}:/sub")),
                new ContainerVolumeArchiveBuilder(new VolumeArchiveOperation("${CONTAINER_VOLUME}", "v.tar.gz")),
                new ContainerVolumeRestoreBuilder(new VolumeRestoreOperation("$CONTAINER_VOLUME", "v.tar.gz")),
                new ContainerVolumeCopyBuilder(new VolumeCopyOperation("$CONTAINER_VOLUME:/", "out")),
                new Shell("echo \"$CONTAINER_VOLUME brought $(cat out/sub/file)\""),
                new ContainerVolumePruneBuilder(new VolumePruneOperation()),
                new ContainerVolumeRemoveBuilder(new VolumeRemoveOperation(List.of("$CONTAINER_VOLUME"))));

        assertThat(log)
                .contains("free-1 brought content")
                .contains("Kept the volume free-1: not old enough")
                .contains("Removed the volume free-1");
    }

    @Test
    void runsACommandInAContainerWithVariables() throws Exception {
        RunOperation run = new RunOperation("base:1");
        run.setCommand(List.of("sh", "-c", "echo build $NUMBER reads $(cat /in/file)"));
        run.setEnv(Map.of("NUMBER", "${BUILD_NUMBER}"));
        run.setVolumes(List.of("./in:/in:ro"));
        run.setOutputFile("out-${BUILD_NUMBER}.txt");
        RunOperation failing = new RunOperation("base:1");
        failing.setCommand(List.of("sh", "-c", "echo for a reason; exit 3"));

        FreeStyleBuild build = runs(
                Result.FAILURE,
                new Shell("mkdir -p in && echo content > in/file"),
                new ContainerRunBuilder(run),
                new Shell("echo \"it said: $(cat out-1.txt)\""),
                new ContainerRunBuilder(failing),
                new Shell("echo went on"));

        assertThat(JenkinsKit.plainLog(build))
                .contains("it said: build 1 reads content", "for a reason", "exit code 3")
                .doesNotContain("went on");
    }

    @Test
    void failsWithOneClearMessage() throws Exception {
        BuildOperation build = new BuildOperation();
        build.setContext("${NOWHERE}/missing");

        FreeStyleBuild run = runs(Result.FAILURE, new ContainerBuildBuilder(build), new Shell("echo went on"));

        assertThat(JenkinsKit.plainLog(run))
                .containsOnlyOnce("ERROR: ")
                .contains("missing")
                .doesNotContain("went on");
    }

    private String succeeds(Builder... builders) throws Exception {
        return JenkinsKit.plainLog(runs(Result.SUCCESS, builders));
    }

    private FreeStyleBuild runs(Result result, Builder... builders) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().replaceBy(List.of(builders));
        return jenkins.assertBuildStatus(result, project.scheduleBuild2(0));
    }
}

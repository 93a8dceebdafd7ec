package io.jenkins.plugins.containerbuild.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.operation.BuildOperation;
import io.jenkins.plugins.containerbuild.operation.ComposeOperation;
import io.jenkins.plugins.containerbuild.operation.CopyOperation;
import io.jenkins.plugins.containerbuild.operation.DeleteOperation;
import io.jenkins.plugins.containerbuild.operation.ExecOperation;
import io.jenkins.plugins.containerbuild.operation.ImagesOperation;
import io.jenkins.plugins.containerbuild.operation.InsideContainerOperation;
import io.jenkins.plugins.containerbuild.operation.InspectOperation;
import io.jenkins.plugins.containerbuild.operation.LogsOperation;
import io.jenkins.plugins.containerbuild.operation.MergeOperation;
import io.jenkins.plugins.containerbuild.operation.NetworkOperation;
import io.jenkins.plugins.containerbuild.operation.PullOperation;
import io.jenkins.plugins.containerbuild.operation.PushOperation;
import io.jenkins.plugins.containerbuild.operation.RegistryLoginOperation;
import io.jenkins.plugins.containerbuild.operation.RunOperation;
import io.jenkins.plugins.containerbuild.operation.SampleOperations;
import io.jenkins.plugins.containerbuild.operation.SocketOperation;
import io.jenkins.plugins.containerbuild.operation.TagOperation;
import io.jenkins.plugins.containerbuild.operation.TagsOperation;
import io.jenkins.plugins.containerbuild.operation.VolumeArchiveOperation;
import io.jenkins.plugins.containerbuild.operation.VolumeCopyOperation;
import io.jenkins.plugins.containerbuild.operation.VolumeOperation;
import io.jenkins.plugins.containerbuild.operation.VolumePruneOperation;
import io.jenkins.plugins.containerbuild.operation.VolumeRemoveOperation;
import io.jenkins.plugins.containerbuild.operation.VolumeRestoreOperation;
import io.jenkins.plugins.containerbuild.operation.VolumesOperation;
import io.jenkins.plugins.containerbuild.operation.WithContainerOperation;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class SnippetIT {

    @Test
    void writesTheOptionsStraightIntoTheCall(JenkinsRule jenkins) {
        BuildOperation operation = new BuildOperation();
        operation.setTags(List.of("team/app:1"));
        operation.setBuildArgs(Map.of("VERSION", "1"));
        operation.setPush(true);

        assertThat(Snippetizer.object2Groovy(new ContainerBuildStep(operation)))
                .isEqualTo("containerBuild buildArgs: [VERSION: '1'], push: true, tags: ['team/app:1']");
        operation.setVia("agent");
        assertThat(Snippetizer.object2Groovy(new ContainerBuildStep(operation))).endsWith(", via: 'agent'");
        assertThat(Snippetizer.object2Groovy(new ContainerPushStep(new PushOperation("team/app:1"))))
                .isEqualTo("containerPush image: 'team/app:1'");
        MergeOperation merge = new MergeOperation(List.of("team/app:1-amd64", "team/app:1-arm64"));
        merge.setTags(List.of("team/app:1"));
        assertThat(Snippetizer.object2Groovy(new ContainerMergeStep(merge)))
                .isEqualTo("containerMerge sources: ['team/app:1-amd64', 'team/app:1-arm64'], tags: ['team/app:1']");
        VolumeOperation volume = new VolumeOperation();
        volume.setName("m2");
        volume.setLabels(Map.of("team", "app"));
        assertThat(Snippetizer.object2Groovy(new ContainerVolumeStep(volume)))
                .isEqualTo("containerVolume labels: [team: 'app'], name: 'm2'");
        assertThat(Snippetizer.object2Groovy(new ContainerVolumeCopyStep(new VolumeCopyOperation("in", "m2:/"))))
                .isEqualTo("containerVolumeCopy from: 'in', to: 'm2:/'");
    }

    @Test
    void leavesOutWhatIsTheDefault(JenkinsRule jenkins) {
        BuildOperation operation = new BuildOperation();
        operation.setContext(".");
        operation.setCall("build");
        operation.setProgress("plain");
        operation.setLoad(false);

        assertThat(Snippetizer.object2Groovy(new ContainerBuildStep(operation)))
                .isEqualTo("containerBuild load: false");
    }

    @Test
    void readsBackWhatItWrites(JenkinsRule jenkins) {
        BuildOperation operation = new BuildOperation();
        operation.setTags(List.of("a", "b"));
        operation.setLabels(Map.of("text", "two\nlines"));
        operation.setContext("app");
        operation.setNoCache(true);
        DescribableModel<ContainerBuildStep> model = DescribableModel.of(ContainerBuildStep.class);

        Map<String, Object> arguments =
                model.uninstantiate2(new ContainerBuildStep(operation)).toMap();

        BuildOperation read = model.instantiate(arguments, null).getOperation();
        assertThat(arguments).containsOnlyKeys("tags", "labels", "context", "noCache");
        assertThat(read).usingRecursiveComparison().isEqualTo(operation);
    }

    @Test
    void comesOutOfTheGeneratorsForm(JenkinsRule jenkins) throws Exception {
        new SnippetizerTester(jenkins)
                .assertGenerateSnippet(
                        "{'stapler-class': '" + ContainerBuildStep.class.getName() + "', '$class': '"
                                + ContainerBuildStep.class.getName()
                                + "', 'operation': {'tags': 'a\\nb', 'context': '',"
                                + " 'push': true, 'buildArgs': {'name': 'A', 'value': '1'}, 'registry': '',"
                                + " 'dockerfileInline': 'FROM a\\r\\nRUN b', 'load': '', 'call': 'check', 'progress': 'plain',"
                                + " 'ssh': {'name': 'default', 'value': ''}}}",
                        "containerBuild buildArgs: [A: '1'], call: 'check', dockerfileInline: '''FROM a\nRUN b''', push: true,"
                                + " ssh: ['default': ''], tags: ['a', 'b']",
                        null);
    }

    @Test
    void survivesTheFormOfEveryStep(JenkinsRule jenkins) throws Exception {
        List<OperationStep> steps = List.of(
                new ContainerBuildStep(SampleOperations.build()),
                new ContainerTagStep(SampleOperations.tag()),
                new ContainerPushStep(SampleOperations.push()),
                new ContainerPullStep(SampleOperations.pull()),
                new ContainerMergeStep(SampleOperations.merge()),
                new ContainerImagesStep(SampleOperations.images()),
                new ContainerDeleteStep(SampleOperations.delete()),
                new ContainerInspectStep(SampleOperations.inspect()),
                new ContainerCopyStep(SampleOperations.copy()),
                new ContainerTagsStep(SampleOperations.tags()),
                new ContainerSocketStep(SampleOperations.socket()),
                new ContainerVolumeStep(SampleOperations.volume()),
                new ContainerVolumesStep(SampleOperations.volumes()),
                new ContainerVolumeRemoveStep(SampleOperations.volumeRemove()),
                new ContainerVolumePruneStep(SampleOperations.volumePrune()),
                new ContainerVolumeCopyStep(SampleOperations.volumeCopy()),
                new ContainerVolumeArchiveStep(SampleOperations.volumeArchive()),
                new ContainerVolumeRestoreStep(SampleOperations.volumeRestore()),
                new WithContainerStep(SampleOperations.withContainer()),
                new InsideContainerStep(SampleOperations.insideContainer()),
                new ContainerRunStep(SampleOperations.run()),
                new ContainerExecStep(SampleOperations.exec()),
                new ContainerLogsStep(SampleOperations.logs()),
                new WithContainerRegistryStep(SampleOperations.registryLogin()),
                new WithContainerNetworkStep(SampleOperations.network()),
                new WithContainerComposeStep(SampleOperations.compose()),
                new WithContainerComposeStep(new ComposeOperation()),
                new WithContainerVolumeStep(SampleOperations.volume()));
        StepConfigTester forms = new StepConfigTester(jenkins);

        for (OperationStep step : steps) {
            assertThat(forms.configRoundTrip(step)).usingRecursiveComparison().isEqualTo(step);
        }
    }

    @Test
    void hasHelpForEveryOption(JenkinsRule jenkins) throws Exception {
        for (Class<?> operation : List.of(
                BuildOperation.class,
                TagOperation.class,
                PushOperation.class,
                PullOperation.class,
                MergeOperation.class,
                ImagesOperation.class,
                DeleteOperation.class,
                InspectOperation.class,
                CopyOperation.class,
                TagsOperation.class,
                SocketOperation.class,
                VolumeOperation.class,
                VolumesOperation.class,
                VolumeRemoveOperation.class,
                VolumePruneOperation.class,
                VolumeCopyOperation.class,
                VolumeArchiveOperation.class,
                VolumeRestoreOperation.class,
                WithContainerOperation.class,
                InsideContainerOperation.class,
                RunOperation.class,
                ExecOperation.class,
                LogsOperation.class,
                NetworkOperation.class,
                RegistryLoginOperation.class,
                ComposeOperation.class)) {
            for (DescribableParameter option : DescribableModel.of(operation).getParameters()) {
                assertThat(option.getHelp())
                        .as(operation + " " + option.getName())
                        .contains("<div>");
            }
        }
    }
}

package io.jenkins.plugins.containerbuild.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Descriptor.FormException;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.tasks.Builder;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.containerbuild.freestyle.ContainerBuildBuilder;
import io.jenkins.plugins.containerbuild.freestyle.ContainerCopyBuilder;
import io.jenkins.plugins.containerbuild.freestyle.ContainerDeleteBuilder;
import io.jenkins.plugins.containerbuild.freestyle.ContainerInspectBuilder;
import io.jenkins.plugins.containerbuild.freestyle.ContainerMergeBuilder;
import io.jenkins.plugins.containerbuild.freestyle.ContainerPullBuilder;
import io.jenkins.plugins.containerbuild.freestyle.ContainerPushBuilder;
import io.jenkins.plugins.containerbuild.freestyle.ContainerRunBuilder;
import io.jenkins.plugins.containerbuild.freestyle.ContainerSocketBuilder;
import io.jenkins.plugins.containerbuild.freestyle.ContainerTagBuilder;
import io.jenkins.plugins.containerbuild.freestyle.ContainerTagsBuilder;
import io.jenkins.plugins.containerbuild.freestyle.ContainerVolumeArchiveBuilder;
import io.jenkins.plugins.containerbuild.freestyle.ContainerVolumeBuilder;
import io.jenkins.plugins.containerbuild.freestyle.ContainerVolumeCopyBuilder;
import io.jenkins.plugins.containerbuild.freestyle.ContainerVolumePruneBuilder;
import io.jenkins.plugins.containerbuild.freestyle.ContainerVolumeRemoveBuilder;
import io.jenkins.plugins.containerbuild.freestyle.ContainerVolumeRestoreBuilder;
import io.jenkins.plugins.containerbuild.pipeline.ContainerBuildStep;
import io.jenkins.plugins.containerbuild.pipeline.ContainerCopyStep;
import io.jenkins.plugins.containerbuild.pipeline.ContainerDeleteStep;
import io.jenkins.plugins.containerbuild.pipeline.ContainerInspectStep;
import io.jenkins.plugins.containerbuild.pipeline.ContainerMergeStep;
import io.jenkins.plugins.containerbuild.pipeline.ContainerPullStep;
import io.jenkins.plugins.containerbuild.pipeline.ContainerPushStep;
import io.jenkins.plugins.containerbuild.pipeline.ContainerRunStep;
import io.jenkins.plugins.containerbuild.pipeline.ContainerSocketStep;
import io.jenkins.plugins.containerbuild.pipeline.ContainerTagStep;
import io.jenkins.plugins.containerbuild.pipeline.ContainerTagsStep;
import io.jenkins.plugins.containerbuild.pipeline.ContainerVolumeArchiveStep;
import io.jenkins.plugins.containerbuild.pipeline.ContainerVolumeCopyStep;
import io.jenkins.plugins.containerbuild.pipeline.ContainerVolumePruneStep;
import io.jenkins.plugins.containerbuild.pipeline.ContainerVolumeRemoveStep;
import io.jenkins.plugins.containerbuild.pipeline.ContainerVolumeRestoreStep;
import io.jenkins.plugins.containerbuild.pipeline.ContainerVolumeStep;
import io.jenkins.plugins.containerbuild.registries.ConfiguredRegistry;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.StaplerRequest2;

@WithJenkins
class OptionsIT {

    private static final Map<Class<?>, Class<?>> SHELLS = Map.ofEntries(
            Map.entry(ContainerBuildStep.class, ContainerBuildBuilder.class),
            Map.entry(ContainerTagStep.class, ContainerTagBuilder.class),
            Map.entry(ContainerPushStep.class, ContainerPushBuilder.class),
            Map.entry(ContainerPullStep.class, ContainerPullBuilder.class),
            Map.entry(ContainerMergeStep.class, ContainerMergeBuilder.class),
            Map.entry(ContainerDeleteStep.class, ContainerDeleteBuilder.class),
            Map.entry(ContainerInspectStep.class, ContainerInspectBuilder.class),
            Map.entry(ContainerCopyStep.class, ContainerCopyBuilder.class),
            Map.entry(ContainerTagsStep.class, ContainerTagsBuilder.class),
            Map.entry(ContainerSocketStep.class, ContainerSocketBuilder.class),
            Map.entry(ContainerRunStep.class, ContainerRunBuilder.class),
            Map.entry(ContainerVolumeStep.class, ContainerVolumeBuilder.class),
            Map.entry(ContainerVolumeRemoveStep.class, ContainerVolumeRemoveBuilder.class),
            Map.entry(ContainerVolumePruneStep.class, ContainerVolumePruneBuilder.class),
            Map.entry(ContainerVolumeCopyStep.class, ContainerVolumeCopyBuilder.class),
            Map.entry(ContainerVolumeArchiveStep.class, ContainerVolumeArchiveBuilder.class),
            Map.entry(ContainerVolumeRestoreStep.class, ContainerVolumeRestoreBuilder.class));

    @Test
    void areTheSameForAPipelineStepAndAFreestyleBuildStep(JenkinsRule jenkins) {
        SHELLS.forEach((step, builder) -> {
            assertThat(parameters(step))
                    .extracting(DescribableParameter::getName)
                    .containsExactly("operation");
            assertThat(parameters(builder))
                    .extracting(DescribableParameter::getName)
                    .containsExactly("operation");
            assertThat(operation(step)).isEqualTo(operation(builder));
        });
    }

    @Test
    void allSurviveTheFormOfAFreestyleJob(JenkinsRule jenkins) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        List<Builder> builders = List.of(
                new ContainerBuildBuilder(SampleOperations.build()),
                new ContainerTagBuilder(SampleOperations.tag()),
                new ContainerPushBuilder(SampleOperations.push()),
                new ContainerPullBuilder(SampleOperations.pull()),
                new ContainerMergeBuilder(SampleOperations.merge()),
                new ContainerDeleteBuilder(SampleOperations.delete()),
                new ContainerInspectBuilder(SampleOperations.inspect()),
                new ContainerCopyBuilder(SampleOperations.copy()),
                new ContainerTagsBuilder(SampleOperations.tags()),
                new ContainerSocketBuilder(SampleOperations.socket()),
                new ContainerRunBuilder(SampleOperations.run()),
                new ContainerVolumeBuilder(SampleOperations.volume()),
                new ContainerVolumeRemoveBuilder(SampleOperations.volumeRemove()),
                new ContainerVolumePruneBuilder(SampleOperations.volumePrune()),
                new ContainerVolumeCopyBuilder(SampleOperations.volumeCopy()),
                new ContainerVolumeArchiveBuilder(SampleOperations.volumeArchive()),
                new ContainerVolumeRestoreBuilder(SampleOperations.volumeRestore()));
        project.getBuildersList().replaceBy(builders);

        FreeStyleProject read = jenkins.configRoundtrip(project);

        assertThat(read.getBuilders()).usingRecursiveComparison().isEqualTo(builders);
    }

    @Test
    void anEmptyFormLeavesEveryOptionAtItsDefault(JenkinsRule jenkins) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new ContainerBuildBuilder(new BuildOperation()));

        FreeStyleProject read = jenkins.configRoundtrip(project);

        assertThat(read.getBuildersList().get(ContainerBuildBuilder.class).getOperation())
                .usingRecursiveComparison()
                .isEqualTo(new BuildOperation());
    }

    @Test
    void sampleOperationsSetEveryOption(JenkinsRule jenkins) {
        for (ContainerOperation<?> sample : SampleOperations.all()) {
            DescribableModel<?> model = DescribableModel.of(sample.getClass());
            assertThat(DescribableModel.uninstantiate2_(sample).getArguments().keySet())
                    .containsExactlyInAnyOrderElementsOf(model.getParameters().stream()
                            .map(DescribableParameter::getName)
                            .toList());
        }
    }

    @Test
    void aRowWithoutANameIsRefusedInsteadOfLost(JenkinsRule jenkins) {
        assertThatThrownBy(() -> submit("{buildArgs: {name: '', value: 'kept'}}"))
                .isInstanceOf(FormException.class)
                .hasMessageContaining("a value but no name");
        assertThatThrownBy(() -> submit("{buildArgs: [{name: 'A', value: '1'}, {name: 'A', value: '2'}]}"))
                .isInstanceOf(FormException.class)
                .hasMessageContaining("A is there twice");
    }

    @Test
    void areCheckedWhileTyping(JenkinsRule jenkins) throws Exception {
        Item item = jenkins.createFreeStyleProject();
        BuildOperation.DescriptorImpl build = jenkins.jenkins.getDescriptorByType(BuildOperation.DescriptorImpl.class);

        assertThat(build.doCheckTags(item, "team/app:1\nteam/BAD", null))
                .hasToString(build.doCheckTags(item, "team/BAD", null).toString());
        assertThat(build.doCheckTags(item, "team/BAD", null).kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(build.doCheckTags(item, "team/${NAME}", null).kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(build.doCheckShmSize(item, "much").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(build.doCheckShmSize(item, "64m").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(build.doCheckUlimits(item, "nofile").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(build.doCheckPlatforms(item, "linux/amd64,amd64").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(build.doCheckPlatforms(item, "linux/amd64,linux/arm64\nlinux/s390x").kind)
                .isEqualTo(FormValidation.Kind.OK);
        assertThat(build.doCheckCacheFrom(item, "team/app:1\ntype=registry,ref=team/BAD", null).kind)
                .isEqualTo(FormValidation.Kind.ERROR);
        assertThat(build.doCheckCacheFrom(item, "team/app:1\ntype=local,src=cache", null).kind)
                .isEqualTo(FormValidation.Kind.OK);
        assertThat(build.doCheckCacheTo(item, "type=registry", null).kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(build.doCheckOutputs(item, "type=zip,dest=a").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(build.doCheckAnnotations(item, "idnex:a=b").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(build.doCheckAllow(item, "network.all").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(build.doCheckAttests(item, "type=vex").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(build.doCheckProvenance(item, "max").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(build.doCheckProvenance(item, "mode=max").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(build.doCheckSbom(item, "${SBOM}").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(build.doCheckDockerfileInline(item, "FROM base:1", "Dockerfile").kind)
                .isEqualTo(FormValidation.Kind.ERROR);
        assertThat(build.doCheckAddHosts(item, "db").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(build.doCheckPush(item, true, "", "").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(build.doCheckPush(item, true, "", "type=sha").kind).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void ofTagRulesAreCheckedWhileTyping(JenkinsRule jenkins) throws Exception {
        Item item = jenkins.createFreeStyleProject();
        BuildOperation.DescriptorImpl build = jenkins.jenkins.getDescriptorByType(BuildOperation.DescriptorImpl.class);
        TagsOperation.DescriptorImpl tags = jenkins.jenkins.getDescriptorByType(TagsOperation.DescriptorImpl.class);

        assertThat(List.of(
                        build.doCheckTagRules(item, "type=sha\ntype=ref,event=brnch"),
                        build.doCheckTagImages(item, "team/app\n-app", null),
                        build.doCheckTagFlavor(item, "latest=perhaps"),
                        tags.doCheckRules(item, "type=semver"),
                        tags.doCheckImage(item, "app, -app", null),
                        tags.doCheckFlavor(item, "sufix=-dev")))
                .extracting(finding -> finding.kind)
                .containsOnly(FormValidation.Kind.ERROR);
        assertThat(List.of(
                        build.doCheckTagRules(item, "type=sha\n# a note\ntype=ref,event=$EVENT"),
                        build.doCheckTagImages(item, "Team/App", null),
                        build.doCheckTagFlavor(item, ""),
                        tags.doCheckRules(item, "type=raw,value={{date 'YYYYMMDD' tz='Asia/Tokyo'}}"),
                        tags.doCheckImage(item, "app,Other", null),
                        tags.doCheckFlavor(item, "suffix=-dev,onlatest=true")))
                .extracting(finding -> finding.kind)
                .containsOnly(FormValidation.Kind.OK);
    }

    @Test
    void ofVolumesAreCheckedWhileTyping(JenkinsRule jenkins) throws Exception {
        Item item = jenkins.createFreeStyleProject();
        VolumeOperation.DescriptorImpl volume =
                jenkins.jenkins.getDescriptorByType(VolumeOperation.DescriptorImpl.class);
        VolumePruneOperation.DescriptorImpl prune =
                jenkins.jenkins.getDescriptorByType(VolumePruneOperation.DescriptorImpl.class);
        VolumeCopyOperation.DescriptorImpl copy =
                jenkins.jenkins.getDescriptorByType(VolumeCopyOperation.DescriptorImpl.class);

        assertThat(List.of(
                        volume.doCheckName(item, "../up"),
                        volume.doCheckOwner(item, "me"),
                        volume.doCheckScope(item, "forever"),
                        volume.doCheckMaxAge(item, "soon"),
                        prune.doCheckMaxAge(item, "soon"),
                        prune.doCheckKeepBytes(item, "much"),
                        copy.doCheckFrom(item, ""),
                        copy.doCheckTo(item, "m2:/../.."),
                        copy.doCheckOwner(item, "me")))
                .extracting(finding -> finding.kind)
                .containsOnly(FormValidation.Kind.ERROR);
        assertThat(List.of(
                        volume.doCheckName(item, "m2-${JOB_BASE_NAME}"),
                        volume.doCheckOwner(item, "1000:1000"),
                        volume.doCheckScope(item, ""),
                        volume.doCheckMaxAge(item, "7d"),
                        prune.doCheckMaxAge(item, ""),
                        prune.doCheckKeepBytes(item, "20g"),
                        copy.doCheckFrom(item, "sources"),
                        copy.doCheckTo(item, "m2:/src"),
                        copy.doCheckOwner(item, "")))
                .extracting(finding -> finding.kind)
                .containsOnly(FormValidation.Kind.OK);
    }

    @Test
    void tellNothingToThoseWhoMayNotConfigure(JenkinsRule jenkins) throws Exception {
        ContainerBuildsConfiguration.get()
                .setRegistries(List.of(new ConfiguredRegistry("nexus", "registry.example:5000")));
        List<Credentials> credentials = SystemCredentialsProvider.getInstance().getCredentials();
        credentials.add(
                new StringCredentialsImpl(CredentialsScope.GLOBAL, "app-token", null, Secret.fromString("hidden")));
        credentials.add(new BasicSSHUserPrivateKey(
                CredentialsScope.GLOBAL,
                "git-key",
                "git",
                new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource("no key"),
                null,
                null));
        Item item = jenkins.createFreeStyleProject();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("author"));
        BuildOperation.DescriptorImpl build = jenkins.jenkins.getDescriptorByType(BuildOperation.DescriptorImpl.class);

        try (ACLContext ignored =
                ACL.as2(User.getOrCreateByIdOrFullName("author").impersonate2())) {
            assertThat(build.doFillRegistryItems(item, "")).hasSize(2);
            assertThat(build.doCheckTags(item, "team/BAD", null).kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(build.doFillRegistryItems(null, "")).hasSize(1);
            assertThat(build.doFillSecretCredentialsItems(item, "chosen"))
                    .extracting(choice -> choice.value)
                    .containsExactlyInAnyOrder("", "app-token", "git-key", "chosen");
            assertThat(build.doFillSshCredentialsItems(item, ""))
                    .extracting(choice -> choice.value)
                    .containsExactlyInAnyOrder("", "git-key");
            assertThat(build.doFillSecretCredentialsItems(null, "")).hasSize(1);
        }
        try (ACLContext ignored =
                ACL.as2(User.getOrCreateByIdOrFullName("reader").impersonate2())) {
            assertThat(build.doFillRegistryItems(item, "")).hasSize(1);
            assertThat(build.doCheckTags(item, "team/BAD", null).kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(build.doFillSecretCredentialsItems(item, "chosen"))
                    .extracting(choice -> choice.value)
                    .containsExactly("", "chosen");
            assertThat(build.doFillSshCredentialsItems(item, "")).hasSize(1);
        }
    }

    private static ContainerOperation<?> submit(String form) throws FormException {
        return Jenkins.get()
                .getDescriptorByType(BuildOperation.DescriptorImpl.class)
                .newInstance((StaplerRequest2) null, JSONObject.fromObject(form));
    }

    private static List<DescribableParameter> parameters(Class<?> type) {
        return List.copyOf(DescribableModel.of(type).getParameters());
    }

    private static Class<?> operation(Class<?> shell) {
        return DescribableModel.of(shell).getParameter("operation").getErasedType();
    }
}

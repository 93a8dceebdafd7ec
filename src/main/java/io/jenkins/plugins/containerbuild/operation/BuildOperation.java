package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.agent.WireBuilders;
import io.jenkins.plugins.containerbuild.cleanup.MadeImages;
import io.jenkins.plugins.containerbuild.cleanup.UsedDaemon;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.Annotation;
import io.jenkins.plugins.containerbuild.engine.build.Attestations;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.build.ByteSize;
import io.jenkins.plugins.containerbuild.engine.build.Entitlement;
import io.jenkins.plugins.containerbuild.engine.build.Ulimit;
import io.jenkins.plugins.containerbuild.engine.build.secret.ReadableOptions;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderAddress;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import io.jenkins.plugins.containerbuild.registries.SecretChoices;
import io.jenkins.plugins.containerbuild.registries.SecretCredentials;
import io.jenkins.plugins.containerbuild.report.ImageReport;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Builds an image from a Dockerfile. */
public final class BuildOperation extends BuildOptions {

    private static final long serialVersionUID = 1L;
    private static final String SSH_AGENT = "SSH_AUTH_SOCK";

    /** Every option is optional. */
    @DataBoundConstructor
    public BuildOperation() {}

    @Override
    EngineTask<BuildResult> task(OptionReader options) throws EngineException {
        BuildRequest request = BuildRequests.of(this, options);
        refuseReadableSecrets(request, options);
        List<BuilderAddress> builders = ContainerBuildsConfiguration.get()
                .buildersFor(options.text(getBuilder()), options.text(getServer()), options.run());
        return builders.isEmpty()
                ? new EngineTask.Build(request)
                : new EngineTask.BuildOnBuilders(request, WireBuilders.of(builders));
    }

    /** Those that the engine does not know of, since they are none of the build's own. */
    private static void refuseReadableSecrets(BuildRequest request, OptionReader options) throws EngineException {
        ReadableOptions readable = new ReadableOptions(request);
        for (Map.Entry<String, String> variable : options.sensitive().entrySet()) {
            String name = variable.getKey();
            readable.refuseIfTheyHold(
                    variable.getValue(),
                    "the secret that the variable '" + name + "' holds",
                    "Leave it out, give the variable by secretEnvs: [token: '" + name
                            + "'] and read it with RUN --mount=type=secret,id=token");
        }
    }

    @Override
    Set<String> wantedVariables(OptionReader options) {
        Set<String> wanted =
                new LinkedHashSet<>(options.texts(List.copyOf(getSecretEnvs().values())));
        if (options.map(getSsh()).containsValue("")) {
            wanted.add(SSH_AGENT);
        }
        return wanted;
    }

    @Override
    BuildSecrets secrets(OptionReader options) throws EngineException {
        Map<String, String> keys = new HashMap<>(options.map(getSsh()));
        // Without credentials, an id means the agent of SSH_AUTH_SOCK.
        keys.values().removeIf(String::isBlank);
        keys.replaceAll((id, credentialsId) -> credentialsId.trim());
        return new SecretCredentials(options.run(), options.filled("secrets", getSecrets()), keys);
    }

    @Override
    void report(OperationContext context, BuildResult answer) {
        context.listener().getLogger().println(BuiltImage.of(answer).summary());
        ImageReport.built(context.run(), context.listener(), answer);
        UsedDaemon daemon = usedDaemon(context);
        Digest id = answer.imageId();
        if (daemon != null
                && id != null
                && usesDaemon()
                && ContainerBuildsConfiguration.get().getSpaceBudget().getImagesGb() != null) {
            MadeImages.get().note(daemon, id.toString());
        }
    }

    @Override
    OperationResult result(BuildResult answer) {
        return BuiltImage.of(answer);
    }

    /** Checks and lists for the form. */
    @Extension
    public static final class DescriptorImpl extends ImageOperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.BuildOperation_DisplayName();
        }

        /** The builders of the admin page. */
        @POST
        public ListBoxModel doFillBuilderItems(@AncestorInPath Item item, @QueryParameter String builder) {
            return mayCheck(item)
                    ? choices(
                            Messages.BuildOperation_NoBuilder(),
                            ContainerBuildsConfiguration.get().builderNames(),
                            builder)
                    : choices(Messages.BuildOperation_NoBuilder(), List.of(), builder);
        }

        /** Checks the names. */
        @POST
        public FormValidation doCheckTags(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String registry) {
            return mayCheck(item) ? OptionChecks.names(item, value, registry) : FormValidation.ok();
        }

        /** Checks the rules by which the image is named. */
        @POST
        public FormValidation doCheckTagRules(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.tagRules(value) : FormValidation.ok();
        }

        /** Checks what goes for all tags of the rules. */
        @POST
        public FormValidation doCheckTagFlavor(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.tagFlavor(value) : FormValidation.ok();
        }

        /** Checks the names for the tags of the rules. */
        @POST
        public FormValidation doCheckTagImages(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String registry) {
            return mayCheck(item) ? OptionChecks.untagged(item, value, registry) : FormValidation.ok();
        }

        /** Warns when the Dockerfile is there twice. */
        @POST
        public FormValidation doCheckDockerfileInline(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String file) {
            return mayCheck(item) && Util.fixEmptyAndTrim(value) != null && Util.fixEmptyAndTrim(file) != null
                    ? FormValidation.error(Messages.BuildOperation_TwoDockerfiles())
                    : FormValidation.ok();
        }

        /** Checks where layers are taken from. */
        @POST
        public FormValidation doCheckCacheFrom(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String registry) {
            return mayCheck(item) ? OptionChecks.caches(item, "cacheFrom", value, registry) : FormValidation.ok();
        }

        /** Checks where the cache goes. */
        @POST
        public FormValidation doCheckCacheTo(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String registry) {
            return mayCheck(item) ? OptionChecks.caches(item, "cacheTo", value, registry) : FormValidation.ok();
        }

        /** Checks the platforms. */
        @POST
        public FormValidation doCheckPlatforms(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.platforms(value) : FormValidation.ok();
        }

        /** Checks the annotations. */
        @POST
        public FormValidation doCheckAnnotations(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.lines(value, Annotation::parse) : FormValidation.ok();
        }

        /** Checks the outputs. */
        @POST
        public FormValidation doCheckOutputs(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.lines(value, BuildOutput::parse) : FormValidation.ok();
        }

        /** Checks the entitlements. */
        @POST
        public FormValidation doCheckAllow(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.lines(value, Entitlement::parse) : FormValidation.ok();
        }

        /** Checks the attestations. */
        @POST
        public FormValidation doCheckAttests(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item)
                    ? OptionChecks.lines(value, line -> Attestations.read(List.of(line), null, null))
                    : FormValidation.ok();
        }

        /** Checks how the provenance is wanted. */
        @POST
        public FormValidation doCheckProvenance(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item)
                    ? OptionChecks.lines(value, text -> Attestations.read(List.of(), text, null))
                    : FormValidation.ok();
        }

        /** Checks how the list of contents is wanted. */
        @POST
        public FormValidation doCheckSbom(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item)
                    ? OptionChecks.lines(value, text -> Attestations.read(List.of(), null, text))
                    : FormValidation.ok();
        }

        /** Checks the host entries. */
        @POST
        public FormValidation doCheckAddHosts(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.hosts(value) : FormValidation.ok();
        }

        /** Checks the size. */
        @POST
        public FormValidation doCheckShmSize(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.lines(value, ByteSize::parse) : FormValidation.ok();
        }

        /** Checks the limits. */
        @POST
        public FormValidation doCheckUlimits(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.lines(value, Ulimit::parse) : FormValidation.ok();
        }

        /** Warns when a push has nothing to push. */
        @POST
        public FormValidation doCheckPush(
                @AncestorInPath Item item,
                @QueryParameter boolean value,
                @QueryParameter String tags,
                @QueryParameter String tagRules) {
            boolean named = Util.fixEmptyAndTrim(tags) != null || Util.fixEmptyAndTrim(tagRules) != null;
            return mayCheck(item) && value && !named
                    ? FormValidation.warning(Messages.BuildOperation_PushWithoutTags())
                    : FormValidation.ok();
        }

        /** The credentials that a secret can be. */
        @POST
        public ListBoxModel doFillSecretCredentialsItems(@AncestorInPath Item item, @QueryParameter String value) {
            return SecretChoices.secrets(mayCheck(item), item, value);
        }

        /** The credentials that an SSH agent can have. */
        @POST
        public ListBoxModel doFillSshCredentialsItems(@AncestorInPath Item item, @QueryParameter String value) {
            return SecretChoices.sshKeys(mayCheck(item), item, value);
        }

        /** Where the image is wanted. */
        @POST
        public ListBoxModel doFillLoadItems(@AncestorInPath Item item, @QueryParameter String load) {
            return withCurrent(
                    mayCheck(item),
                    new ListBoxModel(
                            new ListBoxModel.Option(Messages.BuildOperation_LoadAutomatic(), ""),
                            new ListBoxModel.Option(Messages.BuildOperation_LoadAlways(), "true"),
                            new ListBoxModel.Option(Messages.BuildOperation_LoadNever(), "false")),
                    load);
        }

        /** Who can push. */
        @POST
        public ListBoxModel doFillViaItems(@AncestorInPath Item item, @QueryParameter String via) {
            return withCurrent(mayCheck(item), PushWays.all(), via);
        }

        /** What can be asked of a Dockerfile. */
        @POST
        public ListBoxModel doFillCallItems(@AncestorInPath Item item, @QueryParameter String call) {
            return withCurrent(
                    mayCheck(item),
                    new ListBoxModel(
                            new ListBoxModel.Option(Messages.BuildOperation_CallBuild(), "build"),
                            new ListBoxModel.Option(Messages.BuildOperation_CallCheck(), "check"),
                            new ListBoxModel.Option(Messages.BuildOperation_CallOutline(), "outline"),
                            new ListBoxModel.Option(Messages.BuildOperation_CallTargets(), "targets")),
                    call);
        }

        /** How a build can tell of its progress. */
        @POST
        public ListBoxModel doFillProgressItems(@AncestorInPath Item item, @QueryParameter String progress) {
            return withCurrent(
                    mayCheck(item),
                    new ListBoxModel(
                            new ListBoxModel.Option(Messages.BuildOperation_ProgressPlain(), "plain"),
                            new ListBoxModel.Option(Messages.BuildOperation_ProgressCompact(), "compact"),
                            new ListBoxModel.Option(Messages.BuildOperation_ProgressQuiet(), "quiet"),
                            new ListBoxModel.Option(Messages.BuildOperation_ProgressRawJson(), "rawjson")),
                    progress);
        }

        /** What is usually written for the provenance. */
        @POST
        public ComboBoxModel doFillProvenanceItems(@AncestorInPath Item item) {
            return mayCheck(item) ? new ComboBoxModel("true", "false", "mode=min", "mode=max") : new ComboBoxModel();
        }

        /** What is usually written for the list of contents. */
        @POST
        public ComboBoxModel doFillSbomItems(@AncestorInPath Item item) {
            return mayCheck(item) ? new ComboBoxModel("true", "false") : new ComboBoxModel();
        }
    }
}

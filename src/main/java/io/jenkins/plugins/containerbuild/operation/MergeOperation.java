package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.direct.IndexAnnotations;
import io.jenkins.plugins.containerbuild.engine.registry.direct.MergeRequest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.MergeResult;
import io.jenkins.plugins.containerbuild.report.ImageReport;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Joins images that stand in registries, each for other platforms, under one name. No Docker server takes part. */
public final class MergeOperation extends RegistryOperation<MergeResult> {

    private static final long serialVersionUID = 1L;

    private final List<String> sources;
    private List<String> tags;
    private List<String> annotations;

    /** @param sources the images' names, by tag or by digest */
    @DataBoundConstructor
    public MergeOperation(List<String> sources) {
        this.sources = OptionValues.keep(sources);
    }

    /** The images' names, by tag or by digest. */
    @NonNull
    public List<String> getSources() {
        return OptionValues.get(sources);
    }

    /** The names that the index gets. */
    @NonNull
    public List<String> getTags() {
        return OptionValues.get(tags);
    }

    /** See {@link #getTags()}. */
    @DataBoundSetter
    public void setTags(@CheckForNull List<String> tags) {
        this.tags = OptionValues.keep(tags);
    }

    /** The index's annotations, {@code key=value}. */
    @NonNull
    public List<String> getAnnotations() {
        return OptionValues.get(annotations);
    }

    /** See {@link #getAnnotations()}. */
    @DataBoundSetter
    public void setAnnotations(@CheckForNull List<String> annotations) {
        this.annotations = OptionValues.keep(annotations);
    }

    @Override
    EngineTask<MergeResult> task(OptionReader options) throws EngineException {
        List<ImageReference> images = options.names(getSources());
        List<ImageReference> names = options.names(getTags());
        if (images.isEmpty()) {
            throw empty("sources", "Give the images to merge, for example the references that containerBuild returned");
        }
        if (names.isEmpty()) {
            throw empty("tags", "Give at least one name, for example registry.example:5000/team/app:1.0");
        }
        return new EngineTask.Merge(
                new MergeRequest(images, names, IndexAnnotations.parse(options.texts(getAnnotations()))));
    }

    private static InvalidRequestException empty(String option, String advice) {
        return new InvalidRequestException("could not merge images", "the option '" + option + "' is empty", advice);
    }

    @Override
    void report(OperationContext context, MergeResult answer) {
        ImageReport.merged(context.run(), context.listener(), answer);
    }

    @Override
    OperationResult result(MergeResult answer) {
        return MergedImage.of(answer);
    }

    /** Checks for the form. */
    @Extension
    public static final class DescriptorImpl extends ImageOperation.ImageOperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.MergeOperation_DisplayName();
        }

        /** Checks the images' names. */
        @POST
        public FormValidation doCheckSources(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String registry) {
            return mayCheck(item) ? OptionChecks.requiredNames(item, value, registry) : FormValidation.ok();
        }

        /** Checks the names. */
        @POST
        public FormValidation doCheckTags(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String registry) {
            return mayCheck(item) ? OptionChecks.requiredNames(item, value, registry) : FormValidation.ok();
        }

        /** Checks the annotations. */
        @POST
        public FormValidation doCheckAnnotations(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item)
                    ? OptionChecks.lines(value, line -> IndexAnnotations.parse(List.of(line)))
                    : FormValidation.ok();
        }
    }
}

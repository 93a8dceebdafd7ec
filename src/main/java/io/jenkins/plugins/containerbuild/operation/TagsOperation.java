package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.image.tagging.TagRules;
import io.jenkins.plugins.containerbuild.engine.image.tagging.TagsRequest;
import io.jenkins.plugins.containerbuild.engine.image.tagging.TagsResult;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Says by rules which tags an image of this build should have. Neither a Docker server nor a registry takes part. */
public final class TagsOperation extends ContainerOperation<TagsResult> {

    private static final long serialVersionUID = 1L;
    private static final Pattern COMMAS = Pattern.compile("\\s*,\\s*");

    private String image;
    private List<String> rules;
    private List<String> flavor;
    private String defaultBranch;
    private String registry;

    /** Every option is optional. */
    @DataBoundConstructor
    public TagsOperation() {
        // all options are optional
    }

    /** The name that gets the tags, without any, or several with commas between; null for the tags alone. */
    @CheckForNull
    public String getImage() {
        return image;
    }

    /** See {@link #getImage()}. */
    @DataBoundSetter
    public void setImage(@CheckForNull String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    /** The rules, as docker/metadata-action has them; none for the usual ones. */
    @NonNull
    public List<String> getRules() {
        return OptionValues.get(rules);
    }

    /** See {@link #getRules()}. */
    @DataBoundSetter
    public void setRules(@CheckForNull List<String> rules) {
        this.rules = OptionValues.keep(rules);
    }

    /** What goes for all tags, such as {@code latest=false}. */
    @NonNull
    public List<String> getFlavor() {
        return OptionValues.get(flavor);
    }

    /** See {@link #getFlavor()}. */
    @DataBoundSetter
    public void setFlavor(@CheckForNull List<String> flavor) {
        this.flavor = OptionValues.keep(flavor);
    }

    /** The repository's default branch; null to go by the environment. */
    @CheckForNull
    public String getDefaultBranch() {
        return defaultBranch;
    }

    /** See {@link #getDefaultBranch()}. */
    @DataBoundSetter
    public void setDefaultBranch(@CheckForNull String defaultBranch) {
        this.defaultBranch = Util.fixEmptyAndTrim(defaultBranch);
    }

    /** The id of the registry that fills in missing hosts, or null. */
    @CheckForNull
    public String getRegistry() {
        return registry;
    }

    /** See {@link #getRegistry()}. */
    @DataBoundSetter
    public void setRegistry(@CheckForNull String registry) {
        this.registry = Util.fixEmptyAndTrim(registry);
    }

    @Override
    String chosenRegistry() {
        return registry;
    }

    /** Whatever there is: nobody looks for it. */
    @Override
    EndpointRequest endpoint(OperationContext context, Map<String, String> variables) {
        return EndpointRequest.fromEnvironment(Map.of());
    }

    @Override
    EngineTask<TagsResult> task(OptionReader options) throws EngineException {
        return new EngineTask.ComputeTags(new TagsRequest(
                TagRules.parse(options.texts(getRules()), options.texts(getFlavor())),
                RunFacts.of(options, options.text(defaultBranch)),
                options.untagged(names(options.text(image)))));
    }

    private static List<String> names(@CheckForNull String image) {
        return image == null ? List.of() : COMMAS.splitAsStream(image).toList();
    }

    @Override
    void report(OperationContext context, TagsResult answer) {
        PrintStream log = context.listener().getLogger();
        answer.computed().notes().forEach(log::println);
        log.println(
                answer.computed().tags().isEmpty()
                        ? "The tag rules make no tag for this build"
                        : "Tags by rules: "
                                + String.join(", ", answer.computed().tags()));
    }

    @Override
    OperationResult result(TagsResult answer) {
        return ImageTags.of(answer);
    }

    /** Checks for the form. */
    @Extension
    public static final class DescriptorImpl extends ImageOperation.ImageOperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.TagsOperation_DisplayName();
        }

        /** Checks the images' names. */
        @POST
        public FormValidation doCheckImage(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String registry) {
            return mayCheck(item)
                    ? OptionChecks.untagged(item, String.join("\n", names(value)), registry)
                    : FormValidation.ok();
        }

        /** Checks the rules. */
        @POST
        public FormValidation doCheckRules(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.tagRules(value) : FormValidation.ok();
        }

        /** Checks what goes for all tags. */
        @POST
        public FormValidation doCheckFlavor(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.tagFlavor(value) : FormValidation.ok();
        }
    }
}

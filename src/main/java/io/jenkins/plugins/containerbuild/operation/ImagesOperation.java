package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.direct.RemoteTags;
import io.jenkins.plugins.containerbuild.engine.registry.direct.TagListRequest;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Lists the tags of a repository. */
public final class ImagesOperation extends RegistryOperation<RemoteTags> {

    private static final long serialVersionUID = 1L;

    private final String repository;
    private String filter;

    /** @param repository the repository's name */
    @DataBoundConstructor
    public ImagesOperation(String repository) {
        this.repository = Util.fixEmptyAndTrim(repository);
    }

    /** The repository's name. */
    @CheckForNull
    public String getRepository() {
        return repository;
    }

    /** A pattern of the tags that are listed, or null for all. */
    @CheckForNull
    public String getFilter() {
        return filter;
    }

    /** See {@link #getFilter()}. */
    @DataBoundSetter
    public void setFilter(@CheckForNull String filter) {
        this.filter = Util.fixEmptyAndTrim(filter);
    }

    @Override
    EngineTask<RemoteTags> task(OptionReader options) throws EngineException {
        String name = options.required("list tags", "repository", repository);
        return new EngineTask.Tags(TagListRequest.of(options.registries().parse(name), options.text(filter)));
    }

    @Override
    void report(OperationContext context, RemoteTags answer) {
        // it is the result
    }

    @Override
    OperationResult result(RemoteTags answer) {
        return TagList.of(answer);
    }

    /** Checks for the form. */
    @Extension
    public static final class DescriptorImpl extends ImageOperation.ImageOperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ImagesOperation_DisplayName();
        }

        /** Checks the name. */
        @POST
        public FormValidation doCheckRepository(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String registry) {
            return mayCheck(item) ? OptionChecks.name(item, value, registry) : FormValidation.ok();
        }
    }
}

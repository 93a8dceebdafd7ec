package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DeleteRequest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DeleteResult;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Deletes an image in its registry, where administrators allow it. */
public final class DeleteOperation extends RegistryOperation<DeleteResult> {

    private static final long serialVersionUID = 1L;

    private final String image;

    /** @param image the image's name, by tag or by digest */
    @DataBoundConstructor
    public DeleteOperation(String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    /** The image's name, by tag or by digest. */
    @CheckForNull
    public String getImage() {
        return image;
    }

    @Override
    EngineTask<DeleteResult> task(OptionReader options) throws EngineException {
        ImageReference name = options.requiredName("delete", "image", image);
        return new EngineTask.Delete(
                new DeleteRequest(name, ContainerBuildsConfiguration.get().deletionPolicy(name)));
    }

    @Override
    void report(OperationContext context, DeleteResult answer) {
        // the log tells of it
    }

    @Override
    OperationResult result(DeleteResult answer) {
        return DeletedImage.of(answer);
    }

    /** Checks for the form. */
    @Extension
    public static final class DescriptorImpl extends ImageOperation.ImageOperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DeleteOperation_DisplayName();
        }

        /** Checks the name. */
        @POST
        public FormValidation doCheckImage(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String registry) {
            if (!mayCheck(item)) {
                return FormValidation.ok();
            }
            return ContainerBuildsConfiguration.get().isAllowRemoteDelete()
                    ? OptionChecks.name(item, value, registry)
                    : FormValidation.warning(Messages.DeleteOperation_NotAllowed());
        }
    }
}

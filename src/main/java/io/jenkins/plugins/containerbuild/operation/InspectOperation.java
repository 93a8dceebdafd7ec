package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.direct.InspectRequest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.RemoteImage;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Looks at what a registry has under a name. */
public final class InspectOperation extends RegistryOperation<RemoteImage> {

    private static final long serialVersionUID = 1L;

    private final String image;
    private String platform;

    /** @param image the image's name, by tag or by digest */
    @DataBoundConstructor
    public InspectOperation(String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    /** The image's name, by tag or by digest. */
    @CheckForNull
    public String getImage() {
        return image;
    }

    /** Which of an index's images is described, or null for the usual one. */
    @CheckForNull
    public String getPlatform() {
        return platform;
    }

    /** See {@link #getPlatform()}. */
    @DataBoundSetter
    public void setPlatform(@CheckForNull String platform) {
        this.platform = Util.fixEmptyAndTrim(platform);
    }

    @Override
    EngineTask<RemoteImage> task(OptionReader options) throws EngineException {
        return new EngineTask.Inspect(
                new InspectRequest(options.requiredName("inspect", "image", image), options.platform(platform)));
    }

    @Override
    void report(OperationContext context, RemoteImage answer) {
        // it is the result
    }

    @Override
    OperationResult result(RemoteImage answer) {
        return InspectedImage.of(answer);
    }

    /** Checks for the form. */
    @Extension
    public static final class DescriptorImpl extends ImageOperation.ImageOperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.InspectOperation_DisplayName();
        }

        /** Checks the name. */
        @POST
        public FormValidation doCheckImage(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String registry) {
            return mayCheck(item) ? OptionChecks.name(item, value, registry) : FormValidation.ok();
        }

        /** Checks the platform. */
        @POST
        public FormValidation doCheckPlatform(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.platform(value) : FormValidation.ok();
        }
    }
}

package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.PullRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PullResult;
import io.jenkins.plugins.containerbuild.report.ImageReport;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Pulls an image into the daemon. */
public final class PullOperation extends ImageOperation<PullResult> {

    private static final long serialVersionUID = 1L;

    private final String image;
    private String platform;

    /** @param image the image's name */
    @DataBoundConstructor
    public PullOperation(String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    /** The image's name. */
    @CheckForNull
    public String getImage() {
        return image;
    }

    /** Which of the image's platforms, or null for the daemon's own. */
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
    EngineTask<PullResult> task(OptionReader options) throws EngineException {
        return new EngineTask.Pull(
                new PullRequest(options.requiredName("pull", "image", image), options.platform(platform)));
    }

    @Override
    void report(OperationContext context, PullResult answer) {
        ImageReport.pulled(context.run(), context.listener(), answer);
    }

    @Override
    OperationResult result(PullResult answer) {
        return PulledImage.of(answer);
    }

    /** Checks for the form. */
    @Extension
    public static final class DescriptorImpl extends ImageOperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.PullOperation_DisplayName();
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

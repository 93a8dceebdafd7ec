package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.direct.CopyRequest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.CopyResult;
import io.jenkins.plugins.containerbuild.report.ImageReport;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Brings an image, with all its platforms, from one name in a registry to others. */
public final class CopyOperation extends RegistryOperation<CopyResult> {

    private static final long serialVersionUID = 1L;

    private final String from;
    private List<String> to;
    private boolean referrers;

    /** @param from the image's name, by tag or by digest */
    @DataBoundConstructor
    public CopyOperation(String from) {
        this.from = Util.fixEmptyAndTrim(from);
    }

    /** The image's name, by tag or by digest. */
    @CheckForNull
    public String getFrom() {
        return from;
    }

    /** The names that it gets. */
    @NonNull
    public List<String> getTo() {
        return OptionValues.get(to);
    }

    /** See {@link #getTo()}. */
    @DataBoundSetter
    public void setTo(@CheckForNull List<String> to) {
        this.to = OptionValues.keep(to);
    }

    /** Whether signatures, SBOMs and attestations that refer to it are brought along. */
    public boolean isReferrers() {
        return referrers;
    }

    /** See {@link #isReferrers()}. */
    @DataBoundSetter
    public void setReferrers(boolean referrers) {
        this.referrers = referrers;
    }

    @Override
    EngineTask<CopyResult> task(OptionReader options) throws EngineException {
        ImageReference image = options.requiredName("copy", "from", from);
        List<ImageReference> names = options.names(getTo());
        if (names.isEmpty()) {
            throw new InvalidRequestException(
                    "could not copy the image " + image,
                    "the option 'to' is empty",
                    "Give at least one name, for example registry.example:5000/team/app:stable");
        }
        return new EngineTask.Copy(new CopyRequest(image, names, referrers));
    }

    @Override
    void report(OperationContext context, CopyResult answer) {
        ImageReport.copied(context.run(), context.listener(), answer);
    }

    @Override
    OperationResult result(CopyResult answer) {
        return CopiedImage.of(answer);
    }

    /** Checks for the form. */
    @Extension
    public static final class DescriptorImpl extends ImageOperation.ImageOperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CopyOperation_DisplayName();
        }

        /** Checks the image's name. */
        @POST
        public FormValidation doCheckFrom(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String registry) {
            return mayCheck(item) ? OptionChecks.name(item, value, registry) : FormValidation.ok();
        }

        /** Checks the names. */
        @POST
        public FormValidation doCheckTo(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String registry) {
            return mayCheck(item) ? OptionChecks.requiredNames(item, value, registry) : FormValidation.ok();
        }
    }
}

package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.agent.VolumeTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.ByteSize;
import io.jenkins.plugins.containerbuild.engine.ownership.Age;
import io.jenkins.plugins.containerbuild.engine.volume.PruneRequest;
import io.jenkins.plugins.containerbuild.engine.volume.PruneResult;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Removes volumes of this Jenkins that nobody needs any more. */
public final class VolumePruneOperation extends DaemonOperation<PruneResult> {

    private static final long serialVersionUID = 1L;

    private String maxAge;
    private String keepBytes;
    private List<String> label;

    /** Every option is optional. */
    @DataBoundConstructor
    public VolumePruneOperation() {
        // all options are optional
    }

    /** How long after its last use a volume goes; null for only those whose own maximum age is over. */
    @CheckForNull
    public String getMaxAge() {
        return maxAge;
    }

    /** See {@link #getMaxAge()}. */
    @DataBoundSetter
    public void setMaxAge(@CheckForNull String maxAge) {
        this.maxAge = Util.fixEmptyAndTrim(maxAge);
    }

    /** How much the volumes may take together, or null. */
    @CheckForNull
    public String getKeepBytes() {
        return keepBytes;
    }

    /** See {@link #getKeepBytes()}. */
    @DataBoundSetter
    public void setKeepBytes(@CheckForNull String keepBytes) {
        this.keepBytes = Util.fixEmptyAndTrim(keepBytes);
    }

    /** Only volumes with all of these labels. */
    @NonNull
    public List<String> getLabel() {
        return OptionValues.get(label);
    }

    /** See {@link #getLabel()}. */
    @DataBoundSetter
    public void setLabel(@CheckForNull List<String> label) {
        this.label = OptionValues.keep(label);
    }

    @Override
    EngineTask<PruneResult> task(OptionReader options) throws EngineException {
        String age = options.text(maxAge);
        String bytes = options.text(keepBytes);
        return new VolumeTask.PruneVolumes(new PruneRequest(
                OptionReader.controller(),
                age == null ? null : Age.parse("maxAge", age),
                bytes == null ? null : ByteSize.parse(bytes),
                options.texts(getLabel())));
    }

    @Override
    void report(OperationContext context, PruneResult answer) {
        answer.kept()
                .forEach(kept -> context.listener()
                        .getLogger()
                        .println("Kept the volume " + kept.name() + ": " + kept.reason()));
    }

    @Override
    RemovedVolumes result(PruneResult answer) {
        return RemovedVolumes.of(answer.removed());
    }

    /** Checks for the form. */
    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.VolumePruneOperation_DisplayName();
        }

        /** A time. */
        @POST
        public FormValidation doCheckMaxAge(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.lines(value, text -> Age.parse("maxAge", text)) : FormValidation.ok();
        }

        /** A size. */
        @POST
        public FormValidation doCheckKeepBytes(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.lines(value, ByteSize::parse) : FormValidation.ok();
        }
    }
}

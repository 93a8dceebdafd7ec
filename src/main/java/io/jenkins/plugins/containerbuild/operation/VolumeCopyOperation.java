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
import io.jenkins.plugins.containerbuild.engine.volume.CopyPlace;
import io.jenkins.plugins.containerbuild.engine.volume.CopyRequest;
import io.jenkins.plugins.containerbuild.engine.volume.TransferResult;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeOwner;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Copies files between the workspace and a volume. */
public final class VolumeCopyOperation extends DaemonOperation<TransferResult> {

    private static final long serialVersionUID = 1L;

    private final String from;
    private final String to;
    private String owner;

    /**
     * @param from where the files come from
     * @param to where they go
     */
    @DataBoundConstructor
    public VolumeCopyOperation(String from, String to) {
        this.from = Util.fixEmptyAndTrim(from);
        this.to = Util.fixEmptyAndTrim(to);
    }

    /** Where the files come from. */
    @CheckForNull
    public String getFrom() {
        return from;
    }

    /** Where they go. */
    @CheckForNull
    public String getTo() {
        return to;
    }

    /** Who owns the copies in a volume, uid:gid; null for the same numbers as here. */
    @CheckForNull
    public String getOwner() {
        return owner;
    }

    /** See {@link #getOwner()}. */
    @DataBoundSetter
    public void setOwner(@CheckForNull String owner) {
        this.owner = Util.fixEmptyAndTrim(owner);
    }

    @Override
    EngineTask<TransferResult> task(OptionReader options) throws EngineException {
        String rights = options.text(owner);
        CopyRequest request = CopyRequest.of(
                place(options, "from", from),
                place(options, "to", to),
                options.root(),
                options.maker("containerVolumeCopy"));
        return new VolumeTask.CopyVolume(rights == null ? request : request.withOwner(VolumeOwner.parse(rights)));
    }

    /** A path of the workspace is taken from the current directory; its last slash means something. */
    private static CopyPlace place(OptionReader options, String option, String text) throws EngineException {
        String given = options.required("copy files", option, text);
        CopyPlace place = CopyPlace.parse(option, given);
        if (place.isInVolume()) {
            return place;
        }
        String path = String.valueOf(options.path(given));
        return new CopyPlace(null, given.endsWith("/") ? path + "/" : path);
    }

    @Override
    void report(OperationContext context, TransferResult answer) {
        // what was copied is in the log
    }

    @Override
    TransferredFiles result(TransferResult answer) {
        return TransferredFiles.of(answer);
    }

    /** Checks for the form. */
    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.VolumeCopyOperation_DisplayName();
        }

        /** A path, or a volume and a path in it. */
        @POST
        public FormValidation doCheckFrom(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item)
                    ? OptionChecks.required(value, text -> CopyPlace.parse("from", text))
                    : FormValidation.ok();
        }

        /** A path, or a volume and a path in it. */
        @POST
        public FormValidation doCheckTo(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item)
                    ? OptionChecks.required(value, text -> CopyPlace.parse("to", text))
                    : FormValidation.ok();
        }

        /** Numbers. */
        @POST
        public FormValidation doCheckOwner(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.lines(value, VolumeOwner::parse) : FormValidation.ok();
        }
    }
}

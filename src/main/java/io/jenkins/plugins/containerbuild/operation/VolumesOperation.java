package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.agent.VolumeTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeDetails;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeFilter;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Lists named volumes. */
public final class VolumesOperation extends DaemonOperation<ArrayList<VolumeDetails>> {

    private static final long serialVersionUID = 1L;

    private String name;
    private List<String> label;
    private boolean foreign;

    /** Every option is optional. */
    @DataBoundConstructor
    public VolumesOperation() {
        // all options are optional
    }

    /** A part of the name, or null for every name. */
    @CheckForNull
    public String getName() {
        return name;
    }

    /** See {@link #getName()}. */
    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        this.name = Util.fixEmptyAndTrim(name);
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

    /** Whether volumes are listed that this Jenkins has not made. */
    public boolean isForeign() {
        return foreign;
    }

    /** See {@link #isForeign()}. */
    @DataBoundSetter
    public void setForeign(boolean foreign) {
        this.foreign = foreign;
    }

    @Override
    EngineTask<ArrayList<VolumeDetails>> task(OptionReader options) throws EngineException {
        VolumeFilter filter = new VolumeFilter(options.text(name), options.texts(getLabel()));
        return new VolumeTask.ListVolumes(foreign ? filter : filter.of(OptionReader.controller()));
    }

    @Override
    void report(OperationContext context, ArrayList<VolumeDetails> answer) {
        // it is the result
    }

    @Override
    VolumeList result(ArrayList<VolumeDetails> answer) {
        return VolumeList.of(answer);
    }

    /** The form. */
    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.VolumesOperation_DisplayName();
        }
    }
}

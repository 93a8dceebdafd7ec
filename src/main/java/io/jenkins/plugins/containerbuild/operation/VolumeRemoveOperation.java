package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.agent.VolumeTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.volume.RemoveRequest;
import io.jenkins.plugins.containerbuild.engine.volume.RemovedVolume;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Removes named volumes. */
public final class VolumeRemoveOperation extends DaemonOperation<ArrayList<RemovedVolume>> {

    private static final long serialVersionUID = 1L;

    private final List<String> names;
    private boolean force;
    private boolean foreign;

    /**
     * @param names the volumes' names
     */
    @DataBoundConstructor
    public VolumeRemoveOperation(List<String> names) {
        this.names = OptionValues.keep(names);
    }

    /** The volumes' names. */
    @NonNull
    public List<String> getNames() {
        return OptionValues.get(names);
    }

    /** Whether containers that use the volumes are removed first, and missing volumes passed over. */
    public boolean isForce() {
        return force;
    }

    /** See {@link #isForce()}. */
    @DataBoundSetter
    public void setForce(boolean force) {
        this.force = force;
    }

    /** Whether volumes may be removed that this Jenkins has not made. */
    public boolean isForeign() {
        return foreign;
    }

    /** See {@link #isForeign()}. */
    @DataBoundSetter
    public void setForeign(boolean foreign) {
        this.foreign = foreign;
    }

    @Override
    EngineTask<ArrayList<RemovedVolume>> task(OptionReader options) throws EngineException {
        List<String> volumes = options.texts(getNames());
        if (volumes.isEmpty()) {
            throw new InvalidRequestException(
                    "could not remove volumes", "the option 'names' is empty", "Give the names of the volumes");
        }
        return new VolumeTask.RemoveVolumes(new RemoveRequest(volumes, OptionReader.controller(), force, foreign));
    }

    @Override
    void report(OperationContext context, ArrayList<RemovedVolume> answer) {
        // what was removed is in the log
    }

    @Override
    RemovedVolumes result(ArrayList<RemovedVolume> answer) {
        return RemovedVolumes.of(answer);
    }

    /** The form. */
    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.VolumeRemoveOperation_DisplayName();
        }
    }
}

package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.agent.VolumeTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.volume.ArchiveRequest;
import io.jenkins.plugins.containerbuild.engine.volume.TransferResult;
import org.kohsuke.stapler.DataBoundConstructor;

/** Writes the files of a volume into an archive. */
public final class VolumeArchiveOperation extends DaemonOperation<TransferResult> {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String file;

    /**
     * @param name the volume's name
     * @param file the archive, a path of the workspace
     */
    @DataBoundConstructor
    public VolumeArchiveOperation(String name, String file) {
        this.name = Util.fixEmptyAndTrim(name);
        this.file = Util.fixEmptyAndTrim(file);
    }

    /** The volume's name. */
    @CheckForNull
    public String getName() {
        return name;
    }

    /** The archive, a path of the workspace. */
    @CheckForNull
    public String getFile() {
        return file;
    }

    @Override
    EngineTask<TransferResult> task(OptionReader options) throws EngineException {
        return new VolumeTask.ArchiveVolume(new ArchiveRequest(
                options.required("archive a volume", "name", name),
                String.valueOf(options.path(options.required("archive a volume", "file", file))),
                options.root(),
                options.maker("containerVolumeArchive")));
    }

    @Override
    void report(OperationContext context, TransferResult answer) {
        // what was written is in the log
    }

    @Override
    TransferredFiles result(TransferResult answer) {
        return TransferredFiles.of(answer);
    }

    /** The form. */
    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.VolumeArchiveOperation_DisplayName();
        }
    }
}

package io.jenkins.plugins.containerbuild.cleanup;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;

/** Ends what was to live as long as a build, however the build ended. */
@Extension
public final class BuildEnd extends RunListener<Run<?, ?>> {

    /** In the background: the next build is not to wait for it. */
    @Override
    public void onFinalized(@NonNull Run<?, ?> run) {
        Reaping.endOf(run);
        WrittenLogins.endOf(run);
    }
}

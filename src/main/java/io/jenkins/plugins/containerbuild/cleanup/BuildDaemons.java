package io.jenkins.plugins.containerbuild.cleanup;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The daemons that have volumes which end with the build; is saved with the build. */
public final class BuildDaemons extends InvisibleAction {

    private final ArrayList<UsedDaemon> daemons;

    private BuildDaemons(List<UsedDaemon> daemons) {
        this.daemons = new ArrayList<>(daemons);
    }

    /** Adds one. */
    static void add(Run<?, ?> run, UsedDaemon daemon) throws IOException {
        synchronized (run) {
            List<UsedDaemon> all = of(run);
            if (!all.contains(daemon)) {
                all.add(daemon);
                run.addOrReplaceAction(new BuildDaemons(all));
                run.save();
            }
        }
    }

    /** Those of a build. */
    static List<UsedDaemon> of(Run<?, ?> run) {
        BuildDaemons known = run.getAction(BuildDaemons.class);
        return known == null ? new ArrayList<>() : new ArrayList<>(known.daemons);
    }
}

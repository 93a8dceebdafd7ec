package io.jenkins.plugins.containerbuild.cleanup;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The daemons that have something which ends with the build; is saved with the build. */
public final class BuildDaemons extends InvisibleAction {

    private final ArrayList<UsedDaemon> daemons;

    /** What labels call the build; more than one when its job was renamed meanwhile. */
    private final TreeSet<String> names;

    private BuildDaemons(List<UsedDaemon> daemons, Set<String> names) {
        this.daemons = new ArrayList<>(daemons);
        this.names = new TreeSet<>(names);
    }

    /** Adds one, and what labels call the build now. */
    static void add(Run<?, ?> run, UsedDaemon daemon) throws IOException {
        synchronized (run) {
            List<UsedDaemon> all = of(run);
            Set<String> names = namesOf(run);
            boolean newDaemon = !all.contains(daemon) && all.add(daemon);
            if (names.add(Makers.build(run)) || newDaemon) {
                run.addOrReplaceAction(new BuildDaemons(all, names));
                run.save();
            }
        }
    }

    /** Those of a build. */
    static List<UsedDaemon> of(Run<?, ?> run) {
        BuildDaemons known = run.getAction(BuildDaemons.class);
        return known == null ? new ArrayList<>() : new ArrayList<>(known.daemons);
    }

    /** What labels call a build; empty for one that has made nothing. */
    static Set<String> namesOf(Run<?, ?> run) {
        BuildDaemons known = run.getAction(BuildDaemons.class);
        return known == null ? new TreeSet<>() : new TreeSet<>(known.names);
    }
}

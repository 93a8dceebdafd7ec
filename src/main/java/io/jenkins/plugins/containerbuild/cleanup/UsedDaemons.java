package io.jenkins.plugins.containerbuild.cleanup;

import hudson.model.Run;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.io.IOException;

/** Remembers which daemons builds use, so that what they leave there is found when its time is over. */
public final class UsedDaemons {

    private UsedDaemons() {}

    /**
     * A build is about to use a daemon.
     *
     * @param makes whether it may make something there that ends with the build
     * @throws EngineException when Jenkins cannot save that
     */
    public static void note(Run<?, ?> run, UsedDaemon daemon, boolean makes) throws EngineException {
        saving(() -> {
            NodeDaemons.get().add(daemon);
            if (makes) {
                BuildDaemons.add(run, daemon);
            }
        });
    }

    /**
     * A build is about to make something in a daemon that lives as long as its job.
     *
     * @throws EngineException when Jenkins cannot save that
     */
    public static void noteForJob(Run<?, ?> run, UsedDaemon daemon) throws EngineException {
        saving(() -> JobDaemons.get().add(run.getParent().getFullName(), daemon));
    }

    /** Something that is written to the controller's disk. */
    private interface Saving {
        void run() throws IOException;
    }

    private static void saving(Saving saving) throws EngineException {
        try {
            saving.run();
        } catch (IOException e) {
            throw new EngineException(
                    "could not note which Docker server the build uses",
                    "Jenkins cannot save it: " + e.getMessage(),
                    "Look at the disk of the controller",
                    e);
        }
    }
}

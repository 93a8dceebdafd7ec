package io.jenkins.plugins.containerbuild.cleanup;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Computer;
import hudson.model.Run;
import io.jenkins.plugins.containerbuild.agent.VolumeTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import io.jenkins.plugins.containerbuild.engine.volume.KeptVolume;
import io.jenkins.plugins.containerbuild.engine.volume.PruneRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ends the volumes of a build or a job along with it: those with its labels that no container uses, in the background. What
 * cannot be had now, since a node is away or a container still there, is left to whoever clears a daemon later; nobody's
 * result depends on it.
 */
public final class ScopedVolumes {

    private static final Logger LOGGER = Logger.getLogger(ScopedVolumes.class.getName());

    private ScopedVolumes() {}

    /**
     * Remembers where a build is about to make a volume, so that it is found again when its time is over.
     *
     * @throws EngineException when Jenkins cannot save that
     */
    public static void remember(Run<?, ?> run, Scope scope, UsedDaemon daemon) throws EngineException {
        try {
            if (scope == Scope.BUILD) {
                BuildDaemons.add(run, daemon);
            } else if (scope == Scope.JOB) {
                JobDaemons.get().add(run.getParent().getFullName(), daemon);
            }
        } catch (IOException e) {
            throw new EngineException(
                    "could not make a volume that lives as long as the " + scope.word(),
                    "Jenkins cannot save where it would be: " + e.getMessage(),
                    "Look at the disk of the controller",
                    e);
        }
    }

    /** Those that a build made for itself. */
    static void endOf(Run<?, ?> run) {
        for (UsedDaemon daemon : BuildDaemons.of(run)) {
            inBackground(daemon, run, requestFor(Scope.BUILD, Ownership.BUILD, Makers.build(run)));
        }
    }

    /** Those that a job's builds made for the job. */
    static void endOf(JobDaemon job) {
        inBackground(job.daemon(), null, requestFor(Scope.JOB, Ownership.JOB, job.label()));
    }

    private static PruneRequest requestFor(Scope scope, String label, String value) {
        return new PruneRequest(
                Makers.controller(),
                Duration.ZERO,
                null,
                List.of(label + '=' + value, Ownership.SCOPE + '=' + scope.word()),
                Map.of());
    }

    private static void inBackground(UsedDaemon daemon, @CheckForNull Run<?, ?> run, PruneRequest request) {
        Computer.threadPoolForRemoting.execute(() -> {
            try {
                prune(daemon, run, request);
            } catch (EngineException e) {
                LOGGER.log(
                        Level.WARNING, e, () -> "Could not remove volumes with " + request.labels() + " on " + daemon);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void prune(UsedDaemon daemon, @CheckForNull Run<?, ?> run, PruneRequest request)
            throws EngineException, InterruptedException {
        Computer computer = daemon.computer();
        if (computer == null) {
            LOGGER.info(() -> "Volumes with " + request.labels() + " stay for now: " + daemon + " is not connected");
            return;
        }
        for (KeptVolume kept : NodeCall.run(computer, daemon.endpoint(run), new VolumeTask.PruneVolumes(request))
                .kept()) {
            LOGGER.info(() -> EventText.printable(
                    "The volume " + kept.name() + " on " + daemon + " stays for now: " + kept.reason()));
        }
    }
}

package io.jenkins.plugins.containerbuild.cleanup;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.init.InitMilestone;
import hudson.model.Computer;
import hudson.model.Run;
import io.jenkins.plugins.containerbuild.agent.CleanupTask;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.cleanup.LeftRemnant;
import io.jenkins.plugins.containerbuild.engine.cleanup.Owners;
import io.jenkins.plugins.containerbuild.engine.cleanup.ReapRequest;
import io.jenkins.plugins.containerbuild.engine.cleanup.ReapResult;
import io.jenkins.plugins.containerbuild.engine.cleanup.Remnant;
import io.jenkins.plugins.containerbuild.engine.cleanup.SpaceRequest;
import io.jenkins.plugins.containerbuild.engine.cleanup.SpaceResult;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import io.jenkins.plugins.containerbuild.engine.volume.RemovedVolume;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.io.Serializable;
import java.time.Duration;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Ends what was to live no longer than a build or a job along with it, in the background and in bounded time. What cannot be
 * had now, since a node is away or a volume still in use, is had later: when the node connects, or within the hour. Nobody's
 * result depends on it; Jenkins' own log tells of it.
 */
final class Reaping {

    private static final Logger LOGGER = Logger.getLogger(Reaping.class.getName());
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration SPACE_LIMIT = Duration.ofMinutes(20);

    private Reaping() {}

    /** What a build has made for itself. */
    static void endOf(Run<?, ?> run) {
        Set<String> names = BuildDaemons.namesOf(run);
        for (UsedDaemon daemon : BuildDaemons.of(run)) {
            inBackground(daemon, run, () -> reap(daemon, run, ReapRequest.ofBuilds(Makers.controller(), names)));
        }
    }

    /** What a job's builds made for the job. */
    static void endOf(JobDaemon job) {
        ReapRequest request = new ReapRequest(Makers.controller(), Set.of(), Set.of(job.label()));
        inBackground(job.daemon(), null, () -> reap(job.daemon(), null, request));
    }

    /** Everything in the daemons of a node that somebody left who is gone; not while Jenkins does not know its jobs yet. */
    static void sweep(Computer computer) {
        if (Jenkins.get().getInitLevel() != InitMilestone.COMPLETED) {
            return;
        }
        for (UsedDaemon daemon : NodeDaemons.get().all()) {
            if (daemon.isOf(computer)) {
                inBackground(daemon, null, () -> sweep(daemon));
            }
        }
    }

    private static void sweep(UsedDaemon daemon) throws EngineException, InterruptedException {
        Owners owners = call(daemon, null, LIMIT, new CleanupTask.FindOwners(Makers.controller()));
        ReapRequest gone = Living.goneOf(owners);
        if (!gone.isEmpty()) {
            reap(daemon, null, gone);
        }
        SpaceRequest space = ContainerBuildsConfiguration.get()
                .getSpaceBudget()
                .toRequest(Makers.controller(), MadeImages.get().of(daemon));
        if (!space.isEmpty()) {
            SpaceResult saved = call(daemon, null, SPACE_LIMIT, new CleanupTask.KeepWithin(space));
            if (saved.cacheBytes() > 0) {
                tell("Removed " + EventText.bytes(saved.cacheBytes()) + " of the build cache on " + daemon
                        + ": it took more than its space");
            }
            for (RemovedVolume volume : saved.volumes()) {
                tell("Removed the volume " + volume.name() + " on " + daemon + ": volumes took more than their space");
            }
            for (String image : saved.images()) {
                tell("Removed the image " + image + " on " + daemon + ": images took more than their space");
            }
            MadeImages.get().forget(daemon, saved.forgotten());
        }
    }

    private static void reap(UsedDaemon daemon, @CheckForNull Run<?, ?> run, ReapRequest request)
            throws EngineException, InterruptedException {
        ReapResult result = call(daemon, run, LIMIT, new CleanupTask.Reap(request));
        for (Remnant removed : result.removed()) {
            tell("Removed " + removed.shown() + " on " + daemon);
        }
        for (LeftRemnant left : result.left()) {
            tell("For now, " + left.remnant().shown() + " stays on " + daemon + ": " + left.reason());
        }
    }

    private static <R extends Serializable> R call(
            UsedDaemon daemon, @CheckForNull Run<?, ?> run, Duration limit, EngineTask<R> task)
            throws EngineException, InterruptedException {
        Computer computer = daemon.computer();
        if (computer == null) {
            throw new EngineException("could not reach " + daemon, "it is not connected", "");
        }
        return NodeCall.within(limit, computer, () -> daemon.endpoint(run), task, "clean up");
    }

    /** Work that may fail. */
    private interface Work {
        void run() throws EngineException, InterruptedException;
    }

    private static void inBackground(UsedDaemon daemon, @CheckForNull Run<?, ?> run, Work work) {
        if (daemon.computer() == null) {
            LOGGER.fine(() -> "What " + (run == null ? "builds have" : run + " has") + " left stays for now: " + daemon
                    + " is not connected");
            return;
        }
        Computer.threadPoolForRemoting.execute(() -> {
            try {
                work.run();
                if (CleanupTroubles.get().isOver(daemon)) {
                    LOGGER.info(() -> "Cleaned up on " + daemon + " again");
                }
            } catch (EngineException e) {
                Level level = CleanupTroubles.get().isNew(daemon, e.getMessage()) ? Level.WARNING : Level.FINE;
                LOGGER.log(level, () -> "Could not clean up on " + daemon + ": " + e.getMessage());
                LOGGER.log(Level.FINE, "Where it failed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Names come from labels, which everybody can write who may use the daemon. */
    private static void tell(String what) {
        LOGGER.info(() -> EventText.printable(what));
    }
}

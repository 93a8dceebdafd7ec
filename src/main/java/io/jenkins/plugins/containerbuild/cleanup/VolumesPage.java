package io.jenkins.plugins.containerbuild.cleanup;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Computer;
import hudson.model.Failure;
import hudson.model.TransientComputerActionFactory;
import hudson.security.Permission;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.util.Collection;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The page "Container volumes" of a node: those that this Jenkins made in the node's daemon. For administrators alone: names
 * of jobs are on it that others may not see, and nodes that share a daemon share its volumes.
 */
public final class VolumesPage implements Action, StaplerProxy {

    private final Computer computer;

    private VolumesPage(Computer computer) {
        this.computer = computer;
    }

    private static boolean mayLook() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    @CheckForNull
    @Override
    public String getIconFileName() {
        return mayLook() ? "symbol-file-tray-stacked-outline plugin-ionicons-api" : null;
    }

    @CheckForNull
    @Override
    public String getDisplayName() {
        return mayLook() ? Messages.VolumesPage_displayName() : null;
    }

    @NonNull
    @Override
    public String getUrlName() {
        return "container-volumes";
    }

    /** For the view. */
    public Computer getComputer() {
        return computer;
    }

    /** For the view. */
    public Permission getRequiredPermission() {
        return Jenkins.ADMINISTER;
    }

    /** Looks now, within seconds. */
    public VolumesLook getLook() throws InterruptedException {
        return new NodeVolumes(computer).look();
    }

    /** Removes one volume that this Jenkins made and nobody uses. */
    @RequirePOST
    public HttpResponse doRemove(@QueryParameter(fixEmpty = true) String name) throws InterruptedException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return changed(() -> new NodeVolumes(computer).remove(Util.fixNull(name)));
    }

    /** Removes the volumes that this Jenkins made and nobody needs any more. */
    @RequirePOST
    public HttpResponse doPrune(
            @QueryParameter(fixEmpty = true) String maxAge, @QueryParameter(fixEmpty = true) String keepBytes)
            throws InterruptedException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return changed(() -> new NodeVolumes(computer).prune(maxAge, keepBytes));
    }

    /** Something that changes the daemon. */
    private interface Change {
        void make() throws EngineException, InterruptedException;
    }

    private static HttpResponse changed(Change change) throws InterruptedException {
        try {
            change.make();
            return HttpResponses.redirectTo(".");
        } catch (EngineException e) {
            Failure failure = new Failure(e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return this;
    }

    /** Gives every node its page. */
    @Extension
    public static final class Factory extends TransientComputerActionFactory {

        @Override
        public Collection<? extends Action> createFor(Computer target) {
            return List.of(new VolumesPage(target));
        }
    }
}

package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.agent.ComposeTask;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeFiles;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeRequest;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeStack;
import io.jenkins.plugins.containerbuild.engine.container.ContainerRights;
import io.jenkins.plugins.containerbuild.engine.container.Durations;
import io.jenkins.plugins.containerbuild.engine.container.PullPolicy;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A project of Docker Compose that is there for a block of steps. */
public final class ComposeOperation extends DaemonOperation<ComposeStack> {

    private static final long serialVersionUID = 1L;
    private static final String LOGS = "compose-logs";

    private List<String> files;
    private String project;
    private List<String> profiles;
    private Map<String, String> env;
    private List<String> services;
    private boolean build;
    private String pull;
    private boolean wait = true;
    private String timeLimit;
    private boolean keepVolumes;
    private String logs;
    private boolean dockerSocket;
    private boolean privileged;

    /** Every option is optional. */
    @DataBoundConstructor
    public ComposeOperation() {
        // all options are optional
    }

    /** The files, the later ones over the earlier ones; empty for those with the usual names. */
    @NonNull
    public List<String> getFiles() {
        return OptionValues.get(files);
    }

    /** See {@link #getFiles()}. */
    @DataBoundSetter
    public void setFiles(@CheckForNull List<String> files) {
        this.files = OptionValues.keep(files);
    }

    /** The project's name; null for one that no other build has. */
    @CheckForNull
    public String getProject() {
        return project;
    }

    /** See {@link #getProject()}. */
    @DataBoundSetter
    public void setProject(@CheckForNull String project) {
        this.project = Util.fixEmptyAndTrim(project);
    }

    /** The profiles that are switched on. */
    @NonNull
    public List<String> getProfiles() {
        return OptionValues.get(profiles);
    }

    /** See {@link #getProfiles()}. */
    @DataBoundSetter
    public void setProfiles(@CheckForNull List<String> profiles) {
        this.profiles = OptionValues.keep(profiles);
    }

    /** Variables for the files, besides those of the build. */
    @NonNull
    public Map<String, String> getEnv() {
        return OptionValues.get(env);
    }

    /** See {@link #getEnv()}. */
    @DataBoundSetter
    public void setEnv(@CheckForNull Map<String, String> env) {
        this.env = OptionValues.keep(env);
    }

    /** The services, with those that they depend on; empty for all of them. */
    @NonNull
    public List<String> getServices() {
        return OptionValues.get(services);
    }

    /** See {@link #getServices()}. */
    @DataBoundSetter
    public void setServices(@CheckForNull List<String> services) {
        this.services = OptionValues.keep(services);
    }

    /** Whether images are built although they are there. */
    public boolean isBuild() {
        return build;
    }

    /** See {@link #isBuild()}. */
    @DataBoundSetter
    public void setBuild(boolean build) {
        this.build = build;
    }

    /** always, missing or never; null for what the files say. */
    @CheckForNull
    public String getPull() {
        return pull;
    }

    /** See {@link #getPull()}. */
    @DataBoundSetter
    public void setPull(@CheckForNull String pull) {
        this.pull = Util.fixEmptyAndTrim(pull);
    }

    /** Whether the block begins only when all services are ready. */
    public boolean isWait() {
        return wait;
    }

    /** See {@link #isWait()}. */
    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    /** How long that may take; null for five minutes. */
    @CheckForNull
    public String getTimeLimit() {
        return timeLimit;
    }

    /** See {@link #getTimeLimit()}. */
    @DataBoundSetter
    public void setTimeLimit(@CheckForNull String timeLimit) {
        this.timeLimit = Util.fixEmptyAndTrim(timeLimit);
    }

    /** Whether named volumes stay for the job's next build. */
    public boolean isKeepVolumes() {
        return keepVolumes;
    }

    /** See {@link #isKeepVolumes()}. */
    @DataBoundSetter
    public void setKeepVolumes(boolean keepVolumes) {
        this.keepVolumes = keepVolumes;
    }

    /** The directory that gets the logs of all services after a failure; null for compose-logs. */
    @CheckForNull
    public String getLogs() {
        return logs;
    }

    /** See {@link #getLogs()}. */
    @DataBoundSetter
    public void setLogs(@CheckForNull String logs) {
        this.logs = OptionValues.keep(logs, LOGS);
    }

    /** Whether services may use the daemon's own socket. */
    public boolean isDockerSocket() {
        return dockerSocket;
    }

    /** See {@link #isDockerSocket()}. */
    @DataBoundSetter
    public void setDockerSocket(boolean dockerSocket) {
        this.dockerSocket = dockerSocket;
    }

    /** Whether services may have rights on the daemon's host. */
    public boolean isPrivileged() {
        return privileged;
    }

    /** See {@link #isPrivileged()}. */
    @DataBoundSetter
    public void setPrivileged(boolean privileged) {
        this.privileged = privileged;
    }

    @Override
    EngineTask<ComposeStack> task(OptionReader options) throws EngineException {
        String pulling = options.text(pull);
        Duration limit = Durations.parse("timeLimit", options.text(timeLimit));
        return new ComposeTask.BringUp(new ComposeRequest(
                new ComposeFiles(
                        options.texts(getFiles()),
                        options.workingDirectory(),
                        options.root(),
                        ContainerBuildsConfiguration.get().hostPathPolicy()),
                options.text(project),
                options.texts(getProfiles()),
                options.environmentWith(getEnv()),
                options.texts(getServices()),
                new ComposeRequest.Images(build, pulling == null ? null : PullPolicy.parse(pulling)),
                new ComposeRequest.Waiting(wait, limit == null ? ComposeRequest.Waiting.DEFAULT_LIMIT : limit),
                keepVolumes,
                new ContainerRights(privileged, dockerSocket, false),
                options.path(logs == null ? LOGS : logs),
                options.maker("withContainerCompose")));
    }

    /** The volumes that are kept. */
    @Override
    boolean makesForJob(OptionReader options) {
        return keepVolumes;
    }

    @Override
    EngineTask<?> ending(OptionReader options, OperationResult made, boolean failed) {
        return new ComposeTask.TakeDown(
                ((StartedStack) made).getProject(),
                OptionReader.controller(),
                keepVolumes,
                failed,
                options.path(logs == null ? LOGS : logs),
                options.root());
    }

    @Override
    void report(OperationContext context, ComposeStack answer) {
        // its start is in the log
    }

    @Override
    StartedStack result(ComposeStack answer) {
        return StartedStack.of(answer);
    }

    /** The form. */
    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ComposeOperation_DisplayName();
        }

        /** Says what it means. */
        @POST
        public FormValidation doCheckDockerSocket(@AncestorInPath Item item, @QueryParameter boolean value) {
            return mayCheck(item) && value
                    ? FormValidation.warning(Messages.ComposeOperation_Root())
                    : FormValidation.ok();
        }

        /** Says what it means. */
        @POST
        public FormValidation doCheckPrivileged(@AncestorInPath Item item, @QueryParameter boolean value) {
            return mayCheck(item) && value
                    ? FormValidation.warning(Messages.ComposeOperation_Root())
                    : FormValidation.ok();
        }
    }
}

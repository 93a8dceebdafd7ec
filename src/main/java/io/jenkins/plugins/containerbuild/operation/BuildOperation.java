package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.ByteSize;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.build.Ulimit;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.report.ImageReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Builds an image from a directory of the workspace. */
public final class BuildOperation extends ContainerOperation<BuildResult> {

    private static final long serialVersionUID = 1L;
    private static final String CURRENT_DIRECTORY = ".";

    private List<String> tags;
    private String context;
    private String file;
    private String target;
    private Map<String, String> buildArgs;
    private Map<String, String> labels;
    private String platform;
    private boolean pull;
    private boolean noCache;
    private String network;
    private List<String> addHosts;
    private String shmSize;
    private List<String> ulimits;
    private List<String> cacheFrom;
    private boolean push;

    /** Every option is optional. */
    @DataBoundConstructor
    public BuildOperation() {}

    /** The names that the image gets. */
    @NonNull
    public List<String> getTags() {
        return OptionValues.get(tags);
    }

    /** See {@link #getTags()}. */
    @DataBoundSetter
    public void setTags(@CheckForNull List<String> tags) {
        this.tags = OptionValues.keep(tags);
    }

    /** The context directory; the current directory unless it was set. */
    @NonNull
    public String getContext() {
        return context == null ? CURRENT_DIRECTORY : context;
    }

    /** See {@link #getContext()}. */
    @DataBoundSetter
    public void setContext(@CheckForNull String context) {
        String given = Util.fixEmptyAndTrim(context);
        this.context = CURRENT_DIRECTORY.equals(given) ? null : given;
    }

    /** The Dockerfile, from the current directory; null for {@code Dockerfile} in the context. */
    @CheckForNull
    public String getFile() {
        return file;
    }

    /** See {@link #getFile()}. */
    @DataBoundSetter
    public void setFile(@CheckForNull String file) {
        this.file = Util.fixEmptyAndTrim(file);
    }

    /** The stage to stop at, or null for the last one. */
    @CheckForNull
    public String getTarget() {
        return target;
    }

    /** See {@link #getTarget()}. */
    @DataBoundSetter
    public void setTarget(@CheckForNull String target) {
        this.target = Util.fixEmptyAndTrim(target);
    }

    /** Build arguments by name. */
    @NonNull
    public Map<String, String> getBuildArgs() {
        return OptionValues.get(buildArgs);
    }

    /** See {@link #getBuildArgs()}. */
    @DataBoundSetter
    public void setBuildArgs(@CheckForNull Map<String, String> buildArgs) {
        this.buildArgs = OptionValues.keep(buildArgs);
    }

    /** Labels by name. */
    @NonNull
    public Map<String, String> getLabels() {
        return OptionValues.get(labels);
    }

    /** See {@link #getLabels()}. */
    @DataBoundSetter
    public void setLabels(@CheckForNull Map<String, String> labels) {
        this.labels = OptionValues.keep(labels);
    }

    /** The platform to build for, or null for the daemon's own. */
    @CheckForNull
    public String getPlatform() {
        return platform;
    }

    /** See {@link #getPlatform()}. */
    @DataBoundSetter
    public void setPlatform(@CheckForNull String platform) {
        this.platform = Util.fixEmptyAndTrim(platform);
    }

    /** Whether base images are looked up again in their registry. */
    public boolean isPull() {
        return pull;
    }

    /** See {@link #isPull()}. */
    @DataBoundSetter
    public void setPull(boolean pull) {
        this.pull = pull;
    }

    /** Whether nothing is taken from the daemon's cache. */
    public boolean isNoCache() {
        return noCache;
    }

    /** See {@link #isNoCache()}. */
    @DataBoundSetter
    public void setNoCache(boolean noCache) {
        this.noCache = noCache;
    }

    /** The network of RUN instructions, or null for the daemon's default. */
    @CheckForNull
    public String getNetwork() {
        return network;
    }

    /** See {@link #getNetwork()}. */
    @DataBoundSetter
    public void setNetwork(@CheckForNull String network) {
        this.network = Util.fixEmptyAndTrim(network);
    }

    /** Additional {@code host:ip} lines for /etc/hosts during the build. */
    @NonNull
    public List<String> getAddHosts() {
        return OptionValues.get(addHosts);
    }

    /** See {@link #getAddHosts()}. */
    @DataBoundSetter
    public void setAddHosts(@CheckForNull List<String> addHosts) {
        this.addHosts = OptionValues.keep(addHosts);
    }

    /** The size of /dev/shm for RUN instructions, such as {@code 64m}; null for the daemon's default. */
    @CheckForNull
    public String getShmSize() {
        return shmSize;
    }

    /** See {@link #getShmSize()}. */
    @DataBoundSetter
    public void setShmSize(@CheckForNull String shmSize) {
        this.shmSize = Util.fixEmptyAndTrim(shmSize);
    }

    /** Limits for RUN instructions, such as {@code nofile=1024:2048}. */
    @NonNull
    public List<String> getUlimits() {
        return OptionValues.get(ulimits);
    }

    /** See {@link #getUlimits()}. */
    @DataBoundSetter
    public void setUlimits(@CheckForNull List<String> ulimits) {
        this.ulimits = OptionValues.keep(ulimits);
    }

    /** Images to take cached layers from. */
    @NonNull
    public List<String> getCacheFrom() {
        return OptionValues.get(cacheFrom);
    }

    /** See {@link #getCacheFrom()}. */
    @DataBoundSetter
    public void setCacheFrom(@CheckForNull List<String> cacheFrom) {
        this.cacheFrom = OptionValues.keep(cacheFrom);
    }

    /** Whether the tags are pushed once the image is built. */
    public boolean isPush() {
        return push;
    }

    /** See {@link #isPush()}. */
    @DataBoundSetter
    public void setPush(boolean push) {
        this.push = push;
    }

    @Override
    EngineTask<BuildResult> task(OptionReader options) throws EngineException {
        String size = options.text(shmSize);
        List<Ulimit> limits = new ArrayList<>();
        for (String limit : options.texts(getUlimits())) {
            limits.add(Ulimit.parse(limit));
        }
        return new EngineTask.Build(BuildRequest.of(options.directory(getContext()))
                .root(options.root())
                .file(options.dockerfile(getContext(), file))
                .tags(options.names(getTags()))
                .target(options.text(target))
                .buildArgs(options.map(getBuildArgs()))
                .labels(options.map(getLabels()))
                .platforms(platform(options))
                .pull(pull)
                .noCache(noCache)
                .network(options.text(network))
                .addHosts(options.texts(getAddHosts()))
                .shmSize(size == null ? null : Long.valueOf(ByteSize.parse(size)))
                .ulimits(limits)
                .cacheFrom(options.names(getCacheFrom()).stream()
                        .map(name -> CacheOption.registry(name.withDefaultTag().canonical()))
                        .toList())
                .push(push)
                .build());
    }

    private List<Platform> platform(OptionReader options) throws EngineException {
        Platform one = options.platform(platform);
        return one == null ? List.of() : List.of(one);
    }

    @Override
    void report(Run<?, ?> run, TaskListener listener, BuildResult answer) {
        listener.getLogger().println(BuiltImage.of(answer).summary());
        ImageReport.built(run, listener, answer);
    }

    @Override
    OperationResult result(BuildResult answer) {
        return BuiltImage.of(answer);
    }

    /** Checks and lists for the form. */
    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.BuildOperation_DisplayName();
        }

        /** Checks the names. */
        @POST
        public FormValidation doCheckTags(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String registry) {
            return mayCheck(item) ? OptionChecks.names(value, registry) : FormValidation.ok();
        }

        /** Checks the images to take layers from. */
        @POST
        public FormValidation doCheckCacheFrom(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String registry) {
            return mayCheck(item) ? OptionChecks.names(value, registry) : FormValidation.ok();
        }

        /** Checks the platform. */
        @POST
        public FormValidation doCheckPlatform(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.platform(value) : FormValidation.ok();
        }

        /** Checks the host entries. */
        @POST
        public FormValidation doCheckAddHosts(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.hosts(value) : FormValidation.ok();
        }

        /** Checks the size. */
        @POST
        public FormValidation doCheckShmSize(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.size(value) : FormValidation.ok();
        }

        /** Checks the limits. */
        @POST
        public FormValidation doCheckUlimits(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.ulimits(value) : FormValidation.ok();
        }

        /** Warns when a push has nothing to push. */
        @POST
        public FormValidation doCheckPush(
                @AncestorInPath Item item, @QueryParameter boolean value, @QueryParameter String tags) {
            return mayCheck(item) && value && Util.fixEmptyAndTrim(tags) == null
                    ? FormValidation.warning(Messages.BuildOperation_PushWithoutTags())
                    : FormValidation.ok();
        }
    }
}

package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.build.ProgressMode;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The options of a build as the user wrote them, named as the inputs of docker/build-push-action. What was never set, or
 * set to its default, is null and leaves no trace in a job's configuration.
 */
public abstract class BuildOptions extends ImageOperation<BuildResult> {

    private static final long serialVersionUID = 1L;
    private static final String CURRENT_DIRECTORY = ".";

    private List<String> tags;
    private List<String> tagRules;
    private List<String> tagImages;
    private List<String> tagFlavor;
    private String defaultBranch;
    private String context;
    private String file;
    private String dockerfileInline;
    private String target;
    private Map<String, String> buildArgs;
    private Map<String, String> buildContexts;
    private Map<String, String> labels;
    private List<String> annotations;
    private List<String> platforms;
    private boolean pull;
    private boolean noCache;
    private List<String> noCacheFilters;
    private String network;
    private List<String> addHosts;
    private String shmSize;
    private List<String> ulimits;
    private String cgroupParent;
    private List<String> allow;
    private List<String> cacheFrom;
    private List<String> cacheTo;
    private Map<String, String> secrets;
    private Map<String, String> secretFiles;
    private Map<String, String> secretEnvs;
    private Map<String, String> ssh;
    private List<String> attests;
    private String provenance;
    private String sbom;
    private List<String> outputs;
    private Boolean load;
    private boolean push;
    private String via;
    private String call;
    private String progress;
    private String builder;

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

    /** Rules by which the image is named besides, as docker/metadata-action has them. */
    @NonNull
    public List<String> getTagRules() {
        return OptionValues.get(tagRules);
    }

    /** See {@link #getTagRules()}. */
    @DataBoundSetter
    public void setTagRules(@CheckForNull List<String> tagRules) {
        this.tagRules = OptionValues.keep(tagRules);
    }

    /** The names that get the tags of the rules; none for those of {@link #getTags()}. */
    @NonNull
    public List<String> getTagImages() {
        return OptionValues.get(tagImages);
    }

    /** See {@link #getTagImages()}. */
    @DataBoundSetter
    public void setTagImages(@CheckForNull List<String> tagImages) {
        this.tagImages = OptionValues.keep(tagImages);
    }

    /** What goes for all tags of the rules, such as {@code latest=false}. */
    @NonNull
    public List<String> getTagFlavor() {
        return OptionValues.get(tagFlavor);
    }

    /** See {@link #getTagFlavor()}. */
    @DataBoundSetter
    public void setTagFlavor(@CheckForNull List<String> tagFlavor) {
        this.tagFlavor = OptionValues.keep(tagFlavor);
    }

    /** The repository's default branch, for the rules; null to go by the environment. */
    @CheckForNull
    public String getDefaultBranch() {
        return defaultBranch;
    }

    /** See {@link #getDefaultBranch()}. */
    @DataBoundSetter
    public void setDefaultBranch(@CheckForNull String defaultBranch) {
        this.defaultBranch = Util.fixEmptyAndTrim(defaultBranch);
    }

    /** The context, a directory or an address; the current directory unless it was set. */
    @NonNull
    public String getContext() {
        return context == null ? CURRENT_DIRECTORY : context;
    }

    /** See {@link #getContext()}. */
    @DataBoundSetter
    public void setContext(@CheckForNull String context) {
        this.context = OptionValues.keep(context, CURRENT_DIRECTORY);
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

    /** The text of the Dockerfile, instead of a file; null when it is a file. */
    @CheckForNull
    public String getDockerfileInline() {
        return dockerfileInline;
    }

    /** See {@link #getDockerfileInline()}. */
    @DataBoundSetter
    public void setDockerfileInline(@CheckForNull String dockerfileInline) {
        this.dockerfileInline = dockerfileInline == null || dockerfileInline.isBlank() ? null : dockerfileInline;
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

    /** More contexts by name: directories, images, addresses. */
    @NonNull
    public Map<String, String> getBuildContexts() {
        return OptionValues.get(buildContexts);
    }

    /** See {@link #getBuildContexts()}. */
    @DataBoundSetter
    public void setBuildContexts(@CheckForNull Map<String, String> buildContexts) {
        this.buildContexts = OptionValues.keep(buildContexts);
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

    /** Annotations of manifest or index, such as {@code index:org.example.kind=app}. */
    @NonNull
    public List<String> getAnnotations() {
        return OptionValues.get(annotations);
    }

    /** See {@link #getAnnotations()}. */
    @DataBoundSetter
    public void setAnnotations(@CheckForNull List<String> annotations) {
        this.annotations = OptionValues.keep(annotations);
    }

    /** The platforms to build for; empty for the daemon's own. */
    @NonNull
    public List<String> getPlatforms() {
        return OptionValues.get(platforms);
    }

    /** See {@link #getPlatforms()}. */
    @DataBoundSetter
    public void setPlatforms(@CheckForNull List<String> platforms) {
        this.platforms = OptionValues.keep(platforms);
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

    /** Stages for which nothing is taken from the daemon's cache. */
    @NonNull
    public List<String> getNoCacheFilters() {
        return OptionValues.get(noCacheFilters);
    }

    /** See {@link #getNoCacheFilters()}. */
    @DataBoundSetter
    public void setNoCacheFilters(@CheckForNull List<String> noCacheFilters) {
        this.noCacheFilters = OptionValues.keep(noCacheFilters);
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

    /** The parent cgroup of RUN instructions, or null for the daemon's default. */
    @CheckForNull
    public String getCgroupParent() {
        return cgroupParent;
    }

    /** See {@link #getCgroupParent()}. */
    @DataBoundSetter
    public void setCgroupParent(@CheckForNull String cgroupParent) {
        this.cgroupParent = Util.fixEmptyAndTrim(cgroupParent);
    }

    /** What the build may use beyond the usual, such as {@code network.host}. */
    @NonNull
    public List<String> getAllow() {
        return OptionValues.get(allow);
    }

    /** See {@link #getAllow()}. */
    @DataBoundSetter
    public void setAllow(@CheckForNull List<String> allow) {
        this.allow = OptionValues.keep(allow);
    }

    /** Where cached layers may be taken from: images, or texts such as {@code type=local,src=cache}. */
    @NonNull
    public List<String> getCacheFrom() {
        return OptionValues.get(cacheFrom);
    }

    /** See {@link #getCacheFrom()}. */
    @DataBoundSetter
    public void setCacheFrom(@CheckForNull List<String> cacheFrom) {
        this.cacheFrom = OptionValues.keep(cacheFrom);
    }

    /** Where the cache is written to, as texts such as {@code type=inline}. */
    @NonNull
    public List<String> getCacheTo() {
        return OptionValues.get(cacheTo);
    }

    /** See {@link #getCacheTo()}. */
    @DataBoundSetter
    public void setCacheTo(@CheckForNull List<String> cacheTo) {
        this.cacheTo = OptionValues.keep(cacheTo);
    }

    /** Ids of credentials by the ids of the secrets that RUN instructions may mount. */
    @NonNull
    public Map<String, String> getSecrets() {
        return OptionValues.get(secrets);
    }

    /** See {@link #getSecrets()}. */
    @DataBoundSetter
    public void setSecrets(@CheckForNull Map<String, String> secrets) {
        this.secrets = OptionValues.keep(secrets);
    }

    /** Files, from the current directory, by the ids of the secrets that they are. */
    @NonNull
    public Map<String, String> getSecretFiles() {
        return OptionValues.get(secretFiles);
    }

    /** See {@link #getSecretFiles()}. */
    @DataBoundSetter
    public void setSecretFiles(@CheckForNull Map<String, String> secretFiles) {
        this.secretFiles = OptionValues.keep(secretFiles);
    }

    /** Names of environment variables by the ids of the secrets that they hold. */
    @NonNull
    public Map<String, String> getSecretEnvs() {
        return OptionValues.get(secretEnvs);
    }

    /** See {@link #getSecretEnvs()}. */
    @DataBoundSetter
    public void setSecretEnvs(@CheckForNull Map<String, String> secretEnvs) {
        this.secretEnvs = OptionValues.keep(secretEnvs);
    }

    /**
     * Ids of credentials by the ids of the SSH agents that RUN instructions may mount; empty for the agent of
     * SSH_AUTH_SOCK.
     */
    @NonNull
    public Map<String, String> getSsh() {
        return OptionValues.get(ssh);
    }

    /** See {@link #getSsh()}. */
    @DataBoundSetter
    public void setSsh(@CheckForNull Map<String, String> ssh) {
        this.ssh = OptionValues.keep(ssh);
    }

    /** Attestations, such as {@code type=sbom,generator=...}. */
    @NonNull
    public List<String> getAttests() {
        return OptionValues.get(attests);
    }

    /** See {@link #getAttests()}. */
    @DataBoundSetter
    public void setAttests(@CheckForNull List<String> attests) {
        this.attests = OptionValues.keep(attests);
    }

    /**
     * Whether and how the image tells how it was built: {@code true}, {@code false}, {@code mode=max}; null to leave
     * it to the attestations.
     */
    @CheckForNull
    public String getProvenance() {
        return provenance;
    }

    /** See {@link #getProvenance()}. */
    @DataBoundSetter
    public void setProvenance(@CheckForNull String provenance) {
        this.provenance = Util.fixEmptyAndTrim(provenance);
    }

    /**
     * Whether and how the image tells what is inside of it: {@code true}, {@code false}, {@code generator=...}; null
     * to leave it to the attestations.
     */
    @CheckForNull
    public String getSbom() {
        return sbom;
    }

    /** See {@link #getSbom()}. */
    @DataBoundSetter
    public void setSbom(@CheckForNull String sbom) {
        this.sbom = Util.fixEmptyAndTrim(sbom);
    }

    /** Where the result goes besides or instead of the images, such as {@code type=local,dest=out}. */
    @NonNull
    public List<String> getOutputs() {
        return OptionValues.get(outputs);
    }

    /** See {@link #getOutputs()}. */
    @DataBoundSetter
    public void setOutputs(@CheckForNull List<String> outputs) {
        this.outputs = OptionValues.keep(outputs);
    }

    /** Whether the image is wanted among the daemon's images; null to have it there unless it goes elsewhere. */
    @CheckForNull
    public Boolean getLoad() {
        return load;
    }

    /** See {@link #getLoad()}. */
    @DataBoundSetter
    public void setLoad(@CheckForNull Boolean load) {
        this.load = load;
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

    /** Who pushes: {@code engine}, unless it was set, or {@code agent}. */
    @NonNull
    public String getVia() {
        return via == null ? PushVia.ENGINE.text() : via;
    }

    /** See {@link #getVia()}. */
    @DataBoundSetter
    public void setVia(@CheckForNull String via) {
        this.via = OptionValues.keep(via, PushVia.ENGINE.text());
    }

    /** What is asked of the Dockerfile; an image unless it was set. */
    @NonNull
    public String getCall() {
        return call == null ? Call.BUILD.toString() : call;
    }

    /** See {@link #getCall()}. */
    @DataBoundSetter
    public void setCall(@CheckForNull String call) {
        this.call = OptionValues.keep(call, Call.BUILD.toString());
    }

    /** How the build tells of its progress; everything unless it was set. */
    @NonNull
    public String getProgress() {
        return progress == null ? ProgressMode.PLAIN.toString() : progress;
    }

    /** See {@link #getProgress()}. */
    @DataBoundSetter
    public void setProgress(@CheckForNull String progress) {
        this.progress = OptionValues.keep(progress, ProgressMode.PLAIN.toString());
    }

    /** The name of the builder that is built on instead of a Docker server, or null. */
    @CheckForNull
    public String getBuilder() {
        return builder;
    }

    /** See {@link #getBuilder()}. */
    @DataBoundSetter
    public void setBuilder(@CheckForNull String builder) {
        this.builder = Util.fixEmptyAndTrim(builder);
    }
}

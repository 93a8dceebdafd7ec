package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.ByteSize;
import io.jenkins.plugins.containerbuild.engine.build.ExtraHost;
import io.jenkins.plugins.containerbuild.engine.container.ContainerFiles;
import io.jenkins.plugins.containerbuild.engine.container.ContainerImage;
import io.jenkins.plugins.containerbuild.engine.container.ContainerLimits;
import io.jenkins.plugins.containerbuild.engine.container.ContainerNetworking;
import io.jenkins.plugins.containerbuild.engine.container.ContainerProcess;
import io.jenkins.plugins.containerbuild.engine.container.ContainerRequest;
import io.jenkins.plugins.containerbuild.engine.container.ContainerRights;
import io.jenkins.plugins.containerbuild.engine.container.HealthOptions;
import io.jenkins.plugins.containerbuild.engine.container.PublishedPort;
import io.jenkins.plugins.containerbuild.engine.container.PullPolicy;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import io.jenkins.plugins.containerbuild.engine.volume.spec.VolumeSpec;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The options that say which container is to run, named as in the docker command and in Compose.
 *
 * @param <R> what the engine answers
 */
public abstract class ContainerOptions<R extends Serializable> extends ImageOperation<R> {

    private static final long serialVersionUID = 1L;

    private final String image;
    private String name;
    private List<String> aliases;
    private List<String> command;
    private List<String> entrypoint;
    private Map<String, String> env;
    private List<String> ports;
    private List<String> volumes;
    private List<String> networks;
    private String user;
    private String workdir;
    private boolean dockerSocket;
    private boolean groupZero;
    private Map<String, String> health;
    private String memory;
    private String cpus;
    private String shmSize;
    private boolean privileged;
    private String pull;
    private String platform;
    private Map<String, String> labels;
    private List<String> addHosts;

    ContainerOptions(String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    /** The image's name or id. */
    @CheckForNull
    public String getImage() {
        return image;
    }

    /** The container's name; null for one that is made up. */
    @CheckForNull
    public String getName() {
        return name;
    }

    /** See {@link #getName()}. */
    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    /** Names by which other containers of its networks find it. */
    @NonNull
    public List<String> getAliases() {
        return OptionValues.get(aliases);
    }

    /** See {@link #getAliases()}. */
    @DataBoundSetter
    public void setAliases(@CheckForNull List<String> aliases) {
        this.aliases = OptionValues.keep(aliases);
    }

    /** The command with its arguments; empty for the image's own. */
    @NonNull
    public List<String> getCommand() {
        return OptionValues.get(command);
    }

    /** See {@link #getCommand()}. */
    @DataBoundSetter
    public void setCommand(@CheckForNull List<String> command) {
        this.command = OptionValues.keep(command);
    }

    /** What runs instead of the image's entrypoint; empty for the image's own. */
    @NonNull
    public List<String> getEntrypoint() {
        return OptionValues.get(entrypoint);
    }

    /** See {@link #getEntrypoint()}. */
    @DataBoundSetter
    public void setEntrypoint(@CheckForNull List<String> entrypoint) {
        this.entrypoint = OptionValues.keep(entrypoint);
    }

    /** Environment variables by name. */
    @NonNull
    public Map<String, String> getEnv() {
        return OptionValues.get(env);
    }

    /** See {@link #getEnv()}. */
    @DataBoundSetter
    public void setEnv(@CheckForNull Map<String, String> env) {
        this.env = OptionValues.keep(env);
    }

    /** Ports to publish, as the docker command writes them. */
    @NonNull
    public List<String> getPorts() {
        return OptionValues.get(ports);
    }

    /** See {@link #getPorts()}. */
    @DataBoundSetter
    public void setPorts(@CheckForNull List<String> ports) {
        this.ports = OptionValues.keep(ports);
    }

    /** Volumes, in the short or the long syntax. */
    @NonNull
    public List<String> getVolumes() {
        return OptionValues.get(volumes);
    }

    /** See {@link #getVolumes()}. */
    @DataBoundSetter
    public void setVolumes(@CheckForNull List<String> volumes) {
        this.volumes = OptionValues.keep(volumes);
    }

    /** Networks to be in, by name. */
    @NonNull
    public List<String> getNetworks() {
        return OptionValues.get(networks);
    }

    /** See {@link #getNetworks()}. */
    @DataBoundSetter
    public void setNetworks(@CheckForNull List<String> networks) {
        this.networks = OptionValues.keep(networks);
    }

    /** User and group inside, or null for the image's own. */
    @CheckForNull
    public String getUser() {
        return user;
    }

    /** See {@link #getUser()}. */
    @DataBoundSetter
    public void setUser(@CheckForNull String user) {
        this.user = Util.fixEmptyAndTrim(user);
    }

    /** The working directory inside, or null for the image's own. */
    @CheckForNull
    public String getWorkdir() {
        return workdir;
    }

    /** See {@link #getWorkdir()}. */
    @DataBoundSetter
    public void setWorkdir(@CheckForNull String workdir) {
        this.workdir = Util.fixEmptyAndTrim(workdir);
    }

    /** Whether the container may use the daemon's own socket. */
    public boolean isDockerSocket() {
        return dockerSocket;
    }

    /** See {@link #isDockerSocket()}. */
    @DataBoundSetter
    public void setDockerSocket(boolean dockerSocket) {
        this.dockerSocket = dockerSocket;
    }

    /** Whether it may be put into group 0 where that is the socket's group. */
    public boolean isGroupZero() {
        return groupZero;
    }

    /** See {@link #isGroupZero()}. */
    @DataBoundSetter
    public void setGroupZero(boolean groupZero) {
        this.groupZero = groupZero;
    }

    /** The health check: cmd, interval, timeout, retries, startPeriod. */
    @NonNull
    public Map<String, String> getHealth() {
        return OptionValues.get(health);
    }

    /** See {@link #getHealth()}. */
    @DataBoundSetter
    public void setHealth(@CheckForNull Map<String, String> health) {
        this.health = OptionValues.keep(health);
    }

    /** The most memory, or null for no limit. */
    @CheckForNull
    public String getMemory() {
        return memory;
    }

    /** See {@link #getMemory()}. */
    @DataBoundSetter
    public void setMemory(@CheckForNull String memory) {
        this.memory = Util.fixEmptyAndTrim(memory);
    }

    /** How many processors, or null for no limit. */
    @CheckForNull
    public String getCpus() {
        return cpus;
    }

    /** See {@link #getCpus()}. */
    @DataBoundSetter
    public void setCpus(@CheckForNull String cpus) {
        this.cpus = Util.fixEmptyAndTrim(cpus);
    }

    /** The size of /dev/shm, or null for the daemon's. */
    @CheckForNull
    public String getShmSize() {
        return shmSize;
    }

    /** See {@link #getShmSize()}. */
    @DataBoundSetter
    public void setShmSize(@CheckForNull String shmSize) {
        this.shmSize = Util.fixEmptyAndTrim(shmSize);
    }

    /** Whether it gets all rights on the host. */
    public boolean isPrivileged() {
        return privileged;
    }

    /** See {@link #isPrivileged()}. */
    @DataBoundSetter
    public void setPrivileged(boolean privileged) {
        this.privileged = privileged;
    }

    /** always, missing or never; null for missing. */
    @CheckForNull
    public String getPull() {
        return pull;
    }

    /** See {@link #getPull()}. */
    @DataBoundSetter
    public void setPull(@CheckForNull String pull) {
        this.pull = Util.fixEmptyAndTrim(pull);
    }

    /** The image's platform, or null for the daemon's own. */
    @CheckForNull
    public String getPlatform() {
        return platform;
    }

    /** See {@link #getPlatform()}. */
    @DataBoundSetter
    public void setPlatform(@CheckForNull String platform) {
        this.platform = Util.fixEmptyAndTrim(platform);
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

    /** Hosts for /etc/hosts, host:ip. */
    @NonNull
    public List<String> getAddHosts() {
        return OptionValues.get(addHosts);
    }

    /** See {@link #getAddHosts()}. */
    @DataBoundSetter
    public void setAddHosts(@CheckForNull List<String> addHosts) {
        this.addHosts = OptionValues.keep(addHosts);
    }

    /**
     * The engine's request.
     *
     * @param verb what is done with the image, for messages
     */
    final ContainerRequest request(OptionReader options, String verb) throws EngineException {
        String pulling = options.text(pull);
        ContainerImage from = new ContainerImage(
                options.image(image, verb),
                pulling == null ? PullPolicy.MISSING : PullPolicy.parse(pulling),
                options.platform(platform));
        List<String> words = options.words(getEntrypoint());
        ContainerProcess process = new ContainerProcess(
                words.isEmpty() ? null : words,
                options.words(getCommand()),
                options.map(getEnv()),
                options.text(user),
                options.text(workdir),
                false);
        return new ContainerRequest(
                options.text(name),
                from,
                process,
                networking(options),
                new ContainerFiles(
                        options.volumes(getVolumes()),
                        options.root(),
                        ContainerBuildsConfiguration.get().hostPathPolicy()),
                limits(options),
                new ContainerRights(privileged, dockerSocket, groupZero),
                HealthOptions.of(options.map(getHealth())),
                options.map(getLabels()),
                options.maker(verb),
                Scope.BUILD);
    }

    /** Within a network's block, its containers are in that one unless they name others. */
    private ContainerNetworking networking(OptionReader options) throws EngineException {
        List<String> joined = options.texts(getNetworks());
        String around = options.variable(OperationResult.NETWORK);
        List<String> chosen = joined.isEmpty() && around != null ? List.of(around) : joined;
        return new ContainerNetworking(
                chosen,
                options.texts(getAliases()),
                options.each(getPorts(), PublishedPort::parse),
                options.each(getAddHosts(), ExtraHost::parse));
    }

    private ContainerLimits limits(OptionReader options) throws EngineException {
        String most = options.text(memory);
        String processors = options.text(cpus);
        String shared = options.text(shmSize);
        return new ContainerLimits(
                most == null ? null : Long.valueOf(ByteSize.parse(most)),
                processors == null ? null : Long.valueOf(ContainerLimits.nanoCpus(processors)),
                shared == null ? null : Long.valueOf(ByteSize.parse(shared)));
    }

    /** Checks for the forms. */
    public abstract static class ContainerOptionsDescriptor extends ImageOperationDescriptor {

        /** Checks the id or name. */
        @POST
        public FormValidation doCheckImage(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String registry) {
            return mayCheck(item) ? OptionChecks.image(value, registry) : FormValidation.ok();
        }

        /** Checks the volumes. */
        @POST
        public FormValidation doCheckVolumes(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.lines(value, VolumeSpec::parse) : FormValidation.ok();
        }

        /** Checks the ports. */
        @POST
        public FormValidation doCheckPorts(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.lines(value, PublishedPort::parse) : FormValidation.ok();
        }

        /** Says what it means. */
        @POST
        public FormValidation doCheckDockerSocket(@AncestorInPath Item item, @QueryParameter boolean value) {
            return mayCheck(item) && value
                    ? FormValidation.warning(Messages.ContainerOptions_Root())
                    : FormValidation.ok();
        }

        /** Says what it means. */
        @POST
        public FormValidation doCheckPrivileged(@AncestorInPath Item item, @QueryParameter boolean value) {
            return mayCheck(item) && value
                    ? FormValidation.warning(Messages.ContainerOptions_Root())
                    : FormValidation.ok();
        }
    }
}

package io.jenkins.plugins.containerbuild.registries;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderAddress;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.DaemonSettings;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DeletionPolicy;
import io.jenkins.plugins.containerbuild.engine.volume.spec.HostPathPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The registries, Docker servers and builders that an administrator has set up for all builds. Lives on the controller; has its own
 * page, {@link ContainerBuildsLink}, and {@code containerBuilds} as its root element in configuration as code.
 */
@Extension
@Symbol(ContainerBuildsConfiguration.NAME)
public final class ContainerBuildsConfiguration extends GlobalConfiguration {

    static final String NAME = "containerBuilds";

    private List<ConfiguredRegistry> registries = new ArrayList<>();
    private List<ConfiguredServer> servers = new ArrayList<>();
    private List<ConfiguredBuilder> builders = new ArrayList<>();
    private ConfiguredSocketRepair socketRepair = new ConfiguredSocketRepair();
    private ConfiguredSpaceBudget spaceBudget = new ConfiguredSpaceBudget();
    private List<String> hostPaths = new ArrayList<>();
    private boolean allowRemoteDelete;
    private List<String> protectedImages = new ArrayList<>();

    /** Reads what was saved. */
    public ContainerBuildsConfiguration() {
        load();
    }

    /** The one instance. */
    public static ContainerBuildsConfiguration get() {
        return ExtensionList.lookupSingleton(ContainerBuildsConfiguration.class);
    }

    /**
     * The page's address too: configuration as code takes what is set up on a page of its own for a root element when
     * both have the same name.
     */
    @Override
    public String getId() {
        return NAME;
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.ContainerBuildsConfiguration_displayName();
    }

    /** None: everything is on {@link ContainerBuildsLink}'s page, and not a second time on the System page. */
    @Override
    public String getGlobalConfigPage() {
        return null;
    }

    /** The registries, in the page's order. */
    public synchronized List<ConfiguredRegistry> getRegistries() {
        return List.copyOf(registries);
    }

    /**
     * Replaces the registries and saves.
     *
     * @throws IllegalArgumentException when an entry is wrong or two contradict each other; nothing has changed then
     */
    public synchronized void setRegistries(List<ConfiguredRegistry> registries) {
        ConfigurationRules.checkRegistries(registries);
        this.registries = new ArrayList<>(registries);
        save();
    }

    /** The Docker servers, in the page's order. */
    public synchronized List<ConfiguredServer> getServers() {
        return List.copyOf(servers);
    }

    /**
     * Replaces the servers and saves.
     *
     * @throws IllegalArgumentException when an entry is wrong or two contradict each other; nothing has changed then
     */
    public synchronized void setServers(List<ConfiguredServer> servers) {
        ConfigurationRules.checkServers(servers);
        this.servers = new ArrayList<>(servers);
        save();
    }

    /** The builders, in the page's order. */
    public synchronized List<ConfiguredBuilder> getBuilders() {
        return List.copyOf(builders);
    }

    /**
     * Replaces the builders and saves.
     *
     * @throws IllegalArgumentException when an entry is wrong or two contradict each other; nothing has changed then
     */
    public synchronized void setBuilders(List<ConfiguredBuilder> builders) {
        ConfigurationRules.checkBuilders(builders);
        this.builders = new ArrayList<>(builders);
        save();
    }

    /** What may be done so that agents' users can use their Docker sockets. */
    @NonNull
    public synchronized ConfiguredSocketRepair getSocketRepair() {
        return socketRepair;
    }

    /** Replaces it and saves; null allows nothing. */
    public synchronized void setSocketRepair(@CheckForNull ConfiguredSocketRepair socketRepair) {
        this.socketRepair = socketRepair == null ? new ConfiguredSocketRepair() : socketRepair;
        save();
    }

    /** How much space builds may keep in daemons. */
    @NonNull
    public synchronized ConfiguredSpaceBudget getSpaceBudget() {
        return spaceBudget;
    }

    /** Replaces it and saves; null allows any amount. */
    public synchronized void setSpaceBudget(@CheckForNull ConfiguredSpaceBudget spaceBudget) {
        this.spaceBudget = spaceBudget == null ? new ConfiguredSpaceBudget() : spaceBudget;
        save();
    }

    /** Paths of the daemons' hosts that containers may be given, with all below them, besides those in workspaces. */
    @NonNull
    public synchronized List<String> getHostPaths() {
        return hostPaths == null ? List.of() : List.copyOf(hostPaths);
    }

    /**
     * Replaces them and saves.
     *
     * @throws IllegalArgumentException when one is not absolute; nothing has changed then
     */
    public synchronized void setHostPaths(@CheckForNull List<String> hostPaths) {
        this.hostPaths = ConfigurationRules.hostPaths(hostPaths == null ? List.of() : hostPaths);
        save();
    }

    /** Whether builds may delete images in registries. */
    public synchronized boolean isAllowRemoteDelete() {
        return allowRemoteDelete;
    }

    /** Allows or forbids it, and saves. */
    public synchronized void setAllowRemoteDelete(boolean allowRemoteDelete) {
        this.allowRemoteDelete = allowRemoteDelete;
        save();
    }

    /** Patterns of names with tags that builds must not delete, such as {@code *:latest}. */
    @NonNull
    public synchronized List<String> getProtectedImages() {
        return protectedImages == null ? List.of() : List.copyOf(protectedImages);
    }

    /**
     * Replaces them and saves.
     *
     * @throws IllegalArgumentException when one is no pattern; nothing has changed then
     */
    public synchronized void setProtectedImages(@CheckForNull List<String> protectedImages) {
        this.protectedImages =
                ConfigurationRules.protectedImages(protectedImages == null ? List.of() : protectedImages);
        save();
    }

    /** Takes over the page's form. All lists may be empty, which a form says by leaving them out. */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        List<ConfiguredRegistry> newRegistries =
                request.bindJSONToList(ConfiguredRegistry.class, form.get("registries"));
        List<ConfiguredServer> newServers = request.bindJSONToList(ConfiguredServer.class, form.get("servers"));
        List<ConfiguredBuilder> newBuilders = request.bindJSONToList(ConfiguredBuilder.class, form.get("builders"));
        refuseWrong("registries", () -> ConfigurationRules.checkRegistries(newRegistries));
        refuseWrong("servers", () -> ConfigurationRules.checkServers(newServers));
        refuseWrong("builders", () -> ConfigurationRules.checkBuilders(newBuilders));
        List<String> paths = List.of(form.optString("hostPaths").split("\\R"));
        refuseWrong("hostPaths", () -> ConfigurationRules.hostPaths(paths));
        List<String> images = List.of(form.optString("protectedImages").split("\\R"));
        refuseWrong("protectedImages", () -> ConfigurationRules.protectedImages(images));
        ConfiguredSocketRepair newRepair =
                request.bindJSON(ConfiguredSocketRepair.class, form.getJSONObject("socketRepair"));
        ConfiguredSpaceBudget newBudget =
                request.bindJSON(ConfiguredSpaceBudget.class, form.getJSONObject("spaceBudget"));
        synchronized (this) {
            socketRepair = newRepair;
            spaceBudget = newBudget;
            hostPaths = ConfigurationRules.hostPaths(paths);
            allowRemoteDelete = form.optBoolean("allowRemoteDelete");
            protectedImages = ConfigurationRules.protectedImages(images);
            registries = new ArrayList<>(newRegistries);
            servers = new ArrayList<>(newServers);
            builders = new ArrayList<>(newBuilders);
            save();
        }
        return true;
    }

    private static void refuseWrong(String field, Runnable check) throws FormException {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, field);
        }
    }

    /**
     * The registries that builds of an item know, none chosen: those of the folders around it, then the page's.
     *
     * @param item whose builds; null for the page's alone
     * @throws InvalidRequestException when an entry cannot be read; the message names it
     */
    public Registries registriesFor(@CheckForNull Item item) throws InvalidRequestException {
        return new RegistryScope(getRegistries(), item).registries();
    }

    /** The ids of the registries that builds of an item know, in the order in which they count. */
    public List<String> registryIds(@CheckForNull Item item) {
        return new RegistryScope(getRegistries(), item).ids();
    }

    /** What daemons must be told of the page's registries by themselves; of entries that can be read. */
    public DaemonSettings daemonSettings() {
        List<RegistryEntry> entries = new ArrayList<>();
        for (ConfiguredRegistry registry : getRegistries()) {
            try {
                entries.add(registry.toEntry(false));
            } catch (InvalidRequestException e) {
                // Builds say it, with what to do.
            }
        }
        return DaemonSettings.of(entries);
    }

    /** What of the daemons' hosts builds may give their containers. */
    public HostPathPolicy hostPathPolicy() {
        return new HostPathPolicy(false, getHostPaths());
    }

    /**
     * What builds must not delete in registries.
     *
     * @param name what a build wants to delete, for the message
     * @throws InvalidRequestException when they must not delete anything
     */
    public DeletionPolicy deletionPolicy(ImageReference name) throws InvalidRequestException {
        if (!isAllowRemoteDelete()) {
            throw new InvalidRequestException(
                    "could not delete " + name,
                    "administrators have not allowed builds to delete images in registries",
                    "Have it allowed under Manage Jenkins, Container builds");
        }
        return DeletionPolicy.of(getProtectedImages());
    }

    /** {@link #getProtectedImages()} as the text of its area. */
    public String protectedImageLines() {
        return String.join("\n", getProtectedImages());
    }

    /** {@link #getHostPaths()} as the text of its area. */
    public String hostPathLines() {
        return String.join("\n", getHostPaths());
    }

    /** The servers' names, in the page's order. */
    public List<String> serverNames() {
        return getServers().stream().map(ConfiguredServer::getName).toList();
    }

    /** The builders' names, in the page's order. */
    public List<String> builderNames() {
        return getBuilders().stream().map(ConfiguredBuilder::getName).toList();
    }

    /**
     * Which BuildKit daemons a build means.
     *
     * @param builder a builder's name; null or empty for the default builder, unless the build names a server
     * @param server the name of the Docker server that the build names, or null
     * @param run whose scope the builder's credentials are looked up in
     * @return in the order in which they are tried; empty when the build is to run on a Docker Engine
     * @throws InvalidRequestException when there is no such builder; the message lists those there are
     * @throws EngineException when the builder's credentials cannot be had; the message names their id
     */
    public List<BuilderAddress> buildersFor(String builder, String server, Run<?, ?> run) throws EngineException {
        return new BuilderLookup(getBuilders()).addressesFor(builder, server, run);
    }

    /**
     * Which daemon a build means.
     *
     * @param server a server's name; null or empty for the default server or, where there is none, the environment
     * @param run whose scope the server's credentials are looked up in
     * @param environment the build's environment
     * @throws InvalidRequestException when there is no such server; the message lists those there are
     * @throws EngineException when the server's credentials cannot be had; the message names their id
     */
    public EndpointRequest endpointFor(String server, Run<?, ?> run, Map<String, String> environment)
            throws EngineException {
        return new ServerChoice(getServers())
                .endpointFor(server, use -> ServerCertificates.inRun(use, run), environment);
    }

    /**
     * Which daemon a node means, whatever builds run on it.
     *
     * @param server a server's name; null or empty for the default server or, where there is none, the environment
     * @param environment the node's own environment
     * @throws InvalidRequestException when there is no such server; the message lists those there are
     * @throws EngineException when the server's credentials cannot be had; the message names their id
     */
    public EndpointRequest endpointFor(String server, Map<String, String> environment) throws EngineException {
        return new ServerChoice(getServers()).endpointFor(server, ServerCertificates::global, environment);
    }
}

package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.agent.VolumeTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.ownership.Age;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import io.jenkins.plugins.containerbuild.engine.volume.RemoveRequest;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeName;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeOwner;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeRequest;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeResult;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Makes sure that a named volume is there. */
public final class VolumeOperation extends DaemonOperation<VolumeResult> {

    private static final long serialVersionUID = 1L;

    private String name;
    private String driver;
    private Map<String, String> driverOpts;
    private Map<String, String> labels;
    private String owner;
    private String scope;
    private String maxAge;

    /** Every option is optional. */
    @DataBoundConstructor
    public VolumeOperation() {
        // all options are optional
    }

    /** The volume's name; null for one that the daemon chooses. */
    @CheckForNull
    public String getName() {
        return name;
    }

    /** See {@link #getName()}. */
    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    /** The driver; null for local. */
    @CheckForNull
    public String getDriver() {
        return driver;
    }

    /** See {@link #getDriver()}. */
    @DataBoundSetter
    public void setDriver(@CheckForNull String driver) {
        this.driver = Util.fixEmptyAndTrim(driver);
    }

    /** The driver's options. */
    @NonNull
    public Map<String, String> getDriverOpts() {
        return OptionValues.get(driverOpts);
    }

    /** See {@link #getDriverOpts()}. */
    @DataBoundSetter
    public void setDriverOpts(@CheckForNull Map<String, String> driverOpts) {
        this.driverOpts = OptionValues.keep(driverOpts);
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

    /** Who owns its root directory, uid:gid; null for root. */
    @CheckForNull
    public String getOwner() {
        return owner;
    }

    /** See {@link #getOwner()}. */
    @DataBoundSetter
    public void setOwner(@CheckForNull String owner) {
        this.owner = Util.fixEmptyAndTrim(owner);
    }

    /** How long it lives: permanent, node, job, build; null for permanent, or for build in a block. */
    @CheckForNull
    public String getScope() {
        return scope;
    }

    /** See {@link #getScope()}. */
    @DataBoundSetter
    public void setScope(@CheckForNull String scope) {
        this.scope = Util.fixEmptyAndTrim(scope);
    }

    /** How long after its last use it may be pruned, or null. */
    @CheckForNull
    public String getMaxAge() {
        return maxAge;
    }

    /** See {@link #getMaxAge()}. */
    @DataBoundSetter
    public void setMaxAge(@CheckForNull String maxAge) {
        this.maxAge = Util.fixEmptyAndTrim(maxAge);
    }

    /** The same for a block, at whose end the volume goes: what a killed build leaves of it ends with the build. */
    public VolumeOperation forBlock() {
        if (scope != null) {
            return this;
        }
        VolumeOperation block = new VolumeOperation();
        block.setServer(getServer());
        block.name = name;
        block.driver = driver;
        block.driverOpts = driverOpts;
        block.labels = labels;
        block.owner = owner;
        block.scope = "build";
        block.maxAge = maxAge;
        return block;
    }

    @Override
    EngineTask<VolumeResult> task(OptionReader options) throws EngineException {
        String age = options.text(maxAge);
        String lifetime = options.text(scope);
        String rights = options.text(owner);
        return new VolumeTask.EnsureVolume(VolumeRequest.of(options.text(name), options.maker("containerVolume"))
                .driver(options.text(driver))
                .driverOpts(options.map(getDriverOpts()))
                .labels(options.map(getLabels()))
                .owner(rights == null ? null : VolumeOwner.parse(rights))
                .hostPaths(ContainerBuildsConfiguration.get().hostPathPolicy())
                .scope(lifetime == null ? null : Scope.parse(lifetime))
                .maxAge(age == null ? null : Age.parse("maxAge", age))
                .build());
    }

    @Override
    boolean makesForJob(OptionReader options) throws EngineException {
        String lifetime = options.text(scope);
        return lifetime != null && Scope.parse(lifetime) == Scope.JOB;
    }

    /** One that was there before the block stays. */
    @Override
    EngineTask<?> ending(OptionReader options, OperationResult made, boolean failed) {
        MadeVolume volume = (MadeVolume) made;
        return volume.isMade()
                ? new VolumeTask.RemoveVolumes(
                        new RemoveRequest(List.of(volume.getName()), OptionReader.controller(), true, false))
                : null;
    }

    @Override
    void report(OperationContext context, VolumeResult answer) {
        // its making is in the log
    }

    @Override
    MadeVolume result(VolumeResult answer) {
        return MadeVolume.of(answer.volume(), answer.made());
    }

    /** Checks for the form. */
    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.VolumeOperation_DisplayName();
        }

        /** A volume's name. */
        @POST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.lines(value, VolumeName::check) : FormValidation.ok();
        }

        /** Numbers. */
        @POST
        public FormValidation doCheckOwner(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.lines(value, VolumeOwner::parse) : FormValidation.ok();
        }

        /** One of the scopes. */
        @POST
        public FormValidation doCheckScope(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.lines(value, Scope::parse) : FormValidation.ok();
        }

        /** A time. */
        @POST
        public FormValidation doCheckMaxAge(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.lines(value, text -> Age.parse("maxAge", text)) : FormValidation.ok();
        }
    }
}

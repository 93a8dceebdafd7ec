package io.jenkins.plugins.containerbuild.registries;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A registry as an administrator describes it. Credentials are named, never held. */
public class ConfiguredRegistry extends AbstractDescribableImpl<ConfiguredRegistry> {

    private final String id;
    private final String address;
    private String prefix;
    private String credentialsId;
    private boolean plainHttp;
    private boolean skipTlsVerify;
    private boolean defaultRegistry;

    /** Takes texts as they were typed; {@link ConfigurationRules} judges them. */
    @DataBoundConstructor
    public ConfiguredRegistry(String id, String address) {
        this.id = Util.fixNull(Util.fixEmptyAndTrim(id));
        this.address = Util.fixNull(Util.fixEmptyAndTrim(address));
    }

    /** The name under which builds choose this registry. */
    @NonNull
    public String getId() {
        return id;
    }

    /** Host and optional port. */
    @NonNull
    public String getAddress() {
        return address;
    }

    /** The part of repository names that this entry is for, or null for all. */
    @CheckForNull
    public String getPrefix() {
        return prefix;
    }

    /** See {@link #getPrefix()}; slashes at the ends are dropped. */
    @DataBoundSetter
    public void setPrefix(String prefix) {
        String trimmed = Util.fixEmptyAndTrim(prefix);
        this.prefix = trimmed == null ? null : Util.fixEmpty(trimmed.replaceAll("^/+|/+$", ""));
    }

    /** The id of the credentials to log in with, or null for none. */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** See {@link #getCredentialsId()}. */
    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** Whether the registry speaks HTTP without TLS. */
    public boolean isPlainHttp() {
        return plainHttp;
    }

    /** See {@link #isPlainHttp()}. */
    @DataBoundSetter
    public void setPlainHttp(boolean plainHttp) {
        this.plainHttp = plainHttp;
    }

    /** Whether its certificate is not checked. */
    public boolean isSkipTlsVerify() {
        return skipTlsVerify;
    }

    /** See {@link #isSkipTlsVerify()}. */
    @DataBoundSetter
    public void setSkipTlsVerify(boolean skipTlsVerify) {
        this.skipTlsVerify = skipTlsVerify;
    }

    /** Whether it fills in where an image's name has no host. */
    public boolean isDefaultRegistry() {
        return defaultRegistry;
    }

    /** See {@link #isDefaultRegistry()}. */
    @DataBoundSetter
    public void setDefaultRegistry(boolean defaultRegistry) {
        this.defaultRegistry = defaultRegistry;
    }

    /**
     * The same for the engine.
     *
     * @throws InvalidRequestException when the address cannot be read; the message names this entry
     */
    RegistryEntry toEntry() throws InvalidRequestException {
        RegistryAddress parsed;
        try {
            parsed = RegistryAddress.parse(address);
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException(
                    "could not use the registry '" + id + "' of the page Container builds",
                    e.what() + ": " + e.why(),
                    e.advice(),
                    e);
        }
        return new RegistryEntry(id, parsed, prefix, credentialsId, plainHttp, skipTlsVerify, defaultRegistry);
    }

    /** Form and checks. Everything here is for administrators alone. */
    @Extension
    @Symbol("containerRegistry")
    public static class DescriptorImpl extends Descriptor<ConfiguredRegistry> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ConfiguredRegistry_displayName();
        }

        /** Every registry that can be logged in to with what Jenkins has. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @QueryParameter String credentialsId, @QueryParameter String address) {
            return RegistryLogins.choices(credentialsId, address);
        }

        @POST
        public FormValidation doCheckId(@QueryParameter String value) {
            return FieldCheck.run(() -> ConfigurationRules.checkName(value, Messages.ConfiguredRegistry_id()));
        }

        @POST
        public FormValidation doCheckAddress(@QueryParameter String value) {
            return FieldCheck.run(() -> ConfigurationRules.checkAddress(value));
        }

        @POST
        public FormValidation doCheckPrefix(@QueryParameter String value) {
            return FieldCheck.run(() -> ConfigurationRules.checkPrefix(value));
        }

        /** Warns, since the credentials may live in a folder that this page cannot see. */
        @POST
        public FormValidation doCheckCredentialsId(@QueryParameter String value, @QueryParameter String address) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER) || Util.fixEmptyAndTrim(value) == null) {
                return FormValidation.ok();
            }
            return RegistryLogins.isGlobal(value, address)
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.ConfiguredRegistry_credentialsNotGlobal(value));
        }

        @POST
        public FormValidation doCheckPlainHttp(@QueryParameter boolean value) {
            return FieldCheck.warnIf(value, Messages.ConfiguredRegistry_plainHttpWarning());
        }

        @POST
        public FormValidation doCheckSkipTlsVerify(@QueryParameter boolean value, @QueryParameter boolean plainHttp) {
            return FieldCheck.warnIf(
                    value,
                    plainHttp
                            ? Messages.ConfiguredRegistry_skipTlsVerifyUnused()
                            : Messages.ConfiguredRegistry_skipTlsVerifyWarning());
        }

        /** Tries out what stands in the form. Saves nothing. */
        @POST
        public FormValidation doTestRegistry(
                @QueryParameter String id,
                @QueryParameter String address,
                @QueryParameter String credentialsId,
                @QueryParameter boolean plainHttp,
                @QueryParameter boolean skipTlsVerify)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ConfiguredRegistry entered = new ConfiguredRegistry(id, address);
            entered.setCredentialsId(credentialsId);
            entered.setPlainHttp(plainHttp);
            entered.setSkipTlsVerify(skipTlsVerify);
            return ConnectionTests.registry(entered);
        }
    }
}

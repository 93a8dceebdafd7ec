package io.jenkins.plugins.containerbuild.registries;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryProxy;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryTransport;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.kohsuke.stapler.AncestorInPath;
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
    private String caCertificate;
    private String clientCertificateId;
    private String proxy;
    private String proxyCredentialsId;
    private String mirror;
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

    /** Certificates in PEM of authorities that are trusted for this registry besides those of Java, or null for none. */
    @CheckForNull
    public String getCaCertificate() {
        return caCertificate;
    }

    /** See {@link #getCaCertificate()}. */
    @DataBoundSetter
    public void setCaCertificate(@CheckForNull String caCertificate) {
        this.caCertificate = Util.fixEmptyAndTrim(caCertificate);
    }

    /** The id of the X.509 client certificate that the registry is shown, or null for none. */
    @CheckForNull
    public String getClientCertificateId() {
        return clientCertificateId;
    }

    /** See {@link #getClientCertificateId()}. */
    @DataBoundSetter
    public void setClientCertificateId(@CheckForNull String clientCertificateId) {
        this.clientCertificateId = Util.fixEmptyAndTrim(clientCertificateId);
    }

    /** The HTTP proxy on the way to it, such as {@code http://proxy.example:3128}, or null for none. */
    @CheckForNull
    public String getProxy() {
        return proxy;
    }

    /** See {@link #getProxy()}. */
    @DataBoundSetter
    public void setProxy(@CheckForNull String proxy) {
        this.proxy = Util.fixEmptyAndTrim(proxy);
    }

    /** The id of the user name with password that the proxy wants, or null for none. */
    @CheckForNull
    public String getProxyCredentialsId() {
        return proxyCredentialsId;
    }

    /** See {@link #getProxyCredentialsId()}. */
    @DataBoundSetter
    public void setProxyCredentialsId(@CheckForNull String proxyCredentialsId) {
        this.proxyCredentialsId = Util.fixEmptyAndTrim(proxyCredentialsId);
    }

    /** Host and optional port of a pull-through cache that is asked first, or null for none. */
    @CheckForNull
    public String getMirror() {
        return mirror;
    }

    /** See {@link #getMirror()}. */
    @DataBoundSetter
    public void setMirror(@CheckForNull String mirror) {
        this.mirror = Util.fixEmptyAndTrim(mirror);
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
     * @param filling whether it fills in where an image's name has no host
     * @throws InvalidRequestException when an address cannot be read; the message names this entry
     */
    RegistryEntry toEntry(boolean filling) throws InvalidRequestException {
        try {
            RegistryTransport transport = new RegistryTransport(
                    plainHttp,
                    skipTlsVerify,
                    caCertificate,
                    clientCertificateId,
                    proxy == null ? null : RegistryProxy.parse(proxy, proxyCredentialsId));
            return new RegistryEntry(
                    id,
                    RegistryAddress.parse(address),
                    prefix,
                    credentialsId,
                    transport,
                    mirror == null ? null : RegistryAddress.parse(mirror),
                    filling);
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException(
                    "could not use the registry '" + id + "' that is set up in Jenkins",
                    e.what() + ": " + e.why(),
                    e.advice(),
                    e);
        }
    }

    /** Form and checks, for those alone who may save the form: administrators, and in a folder who may configure it. */
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
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String address) {
            return CredentialChoices.of(item, credentialsId)
                    .list(StandardCredentials.class, RegistryLogins.requirements(address), RegistryLogins.matcher());
        }

        /** Every client certificate that Jenkins has. */
        @POST
        public ListBoxModel doFillClientCertificateIdItems(
                @AncestorInPath Item item, @QueryParameter String clientCertificateId, @QueryParameter String address) {
            return CredentialChoices.of(item, clientCertificateId)
                    .list(
                            DockerServerCredentials.class,
                            ServerCertificates.requirements("https://" + Util.fixNull(address)),
                            CredentialsMatchers.always());
        }

        /** Every user name with password that may go to the proxy. */
        @POST
        public ListBoxModel doFillProxyCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String proxyCredentialsId, @QueryParameter String proxy) {
            return CredentialChoices.of(item, proxyCredentialsId)
                    .list(
                            StandardUsernamePasswordCredentials.class,
                            ProxyLogins.requirements(Util.fixNull(proxy)),
                            CredentialsMatchers.always());
        }

        @POST
        public FormValidation doCheckId(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.run(item, () -> ConfigurationRules.checkName(value, Messages.ConfiguredRegistry_id()));
        }

        @POST
        public FormValidation doCheckAddress(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.run(item, () -> ConfigurationRules.checkAddress(value));
        }

        @POST
        public FormValidation doCheckPrefix(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.run(item, () -> ConfigurationRules.checkPrefix(value));
        }

        @POST
        public FormValidation doCheckMirror(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.run(item, () -> ConfigurationRules.checkMirror(value));
        }

        @POST
        public FormValidation doCheckProxy(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.run(item, () -> ConfigurationRules.checkProxy(value));
        }

        @POST
        public FormValidation doCheckCaCertificate(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.run(item, () -> ConfigurationRules.checkCaCertificate(value));
        }

        /** Warns, since the credentials may live in a folder that this page cannot see. */
        @POST
        public FormValidation doCheckCredentialsId(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String address) {
            if (item != null || !FieldCheck.mayCheck(null) || Util.fixEmptyAndTrim(value) == null) {
                return FormValidation.ok();
            }
            return RegistryLogins.isGlobal(value, address)
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.ConfiguredRegistry_credentialsNotGlobal(value));
        }

        @POST
        public FormValidation doCheckPlainHttp(@AncestorInPath Item item, @QueryParameter boolean value) {
            return FieldCheck.warnIf(item, value, Messages.ConfiguredRegistry_plainHttpWarning());
        }

        @POST
        public FormValidation doCheckSkipTlsVerify(
                @AncestorInPath Item item, @QueryParameter boolean value, @QueryParameter boolean plainHttp) {
            return FieldCheck.warnIf(
                    item,
                    value,
                    plainHttp
                            ? Messages.ConfiguredRegistry_skipTlsVerifyUnused()
                            : Messages.ConfiguredRegistry_skipTlsVerifyWarning());
        }

        /** Tries out what stands in the form, from the controller: for administrators, in folders too. Saves nothing. */
        @POST
        public FormValidation doTestRegistry(
                @AncestorInPath Item item,
                @QueryParameter String id,
                @QueryParameter String address,
                @QueryParameter String credentialsId,
                @QueryParameter boolean plainHttp,
                @QueryParameter boolean skipTlsVerify,
                @QueryParameter String caCertificate,
                @QueryParameter String clientCertificateId,
                @QueryParameter String proxy,
                @QueryParameter String proxyCredentialsId,
                @QueryParameter String mirror)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ConfiguredRegistry entered = new ConfiguredRegistry(id, address);
            entered.setCredentialsId(credentialsId);
            entered.setPlainHttp(plainHttp);
            entered.setSkipTlsVerify(skipTlsVerify);
            entered.setCaCertificate(caCertificate);
            entered.setClientCertificateId(clientCertificateId);
            entered.setProxy(proxy);
            entered.setProxyCredentialsId(proxyCredentialsId);
            entered.setMirror(mirror);
            return ConnectionTests.registry(entered, item);
        }
    }
}

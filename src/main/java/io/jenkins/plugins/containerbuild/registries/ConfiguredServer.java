package io.jenkins.plugins.containerbuild.registries;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A Docker daemon as an administrator describes it, seen from the agent that uses it. */
public class ConfiguredServer extends AbstractDescribableImpl<ConfiguredServer> {

    private final String name;
    private final String uri;
    private String credentialsId;
    private boolean defaultServer;

    /** Takes texts as they were typed; {@link ConfigurationRules} judges them. */
    @DataBoundConstructor
    public ConfiguredServer(String name, String uri) {
        this.name = Util.fixNull(Util.fixEmptyAndTrim(name));
        this.uri = Util.fixNull(Util.fixEmptyAndTrim(uri));
    }

    /** The name under which builds choose this server. */
    @NonNull
    public String getName() {
        return name;
    }

    /** Where the daemon listens: {@code unix:///var/run/docker.sock}, {@code tcp://host:2376}. */
    @NonNull
    public String getUri() {
        return uri;
    }

    /** The id of the certificates for TLS, or null for none. */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** See {@link #getCredentialsId()}. */
    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** Whether builds that choose none use this one. */
    public boolean isDefaultServer() {
        return defaultServer;
    }

    /** See {@link #isDefaultServer()}. */
    @DataBoundSetter
    public void setDefaultServer(boolean defaultServer) {
        this.defaultServer = defaultServer;
    }

    /** Form and checks. Everything here is for administrators alone. */
    @Extension
    @Symbol("containerServer")
    public static class DescriptorImpl extends Descriptor<ConfiguredServer> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ConfiguredServer_displayName();
        }

        /** The certificates that Jenkins has for Docker servers. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId, @QueryParameter String uri) {
            return ServerCertificates.choices(credentialsId, uri);
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return FieldCheck.run(() -> ConfigurationRules.checkName(value, Messages.ConfiguredServer_name()));
        }

        /** Also warns where everybody in the network could give orders to the daemon. */
        @POST
        public FormValidation doCheckUri(@QueryParameter String value, @QueryParameter String credentialsId) {
            FormValidation readable = FieldCheck.run(() -> ConfigurationRules.checkUri(value));
            if (readable.kind != FormValidation.Kind.OK) {
                return readable;
            }
            boolean open = value.trim().startsWith("tcp:") && Util.fixEmptyAndTrim(credentialsId) == null;
            return FieldCheck.warnIf(open, Messages.ConfiguredServer_openTcpWarning());
        }

        /** Warns, since the credentials may live in a folder that this page cannot see. */
        @POST
        public FormValidation doCheckCredentialsId(@QueryParameter String value, @QueryParameter String uri) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER) || Util.fixEmptyAndTrim(value) == null) {
                return FormValidation.ok();
            }
            return ServerCertificates.isGlobal(value, uri)
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.ConfiguredServer_credentialsNotGlobal(value));
        }

        /** Opens what stands in the form, from the controller. Saves nothing. */
        @POST
        public FormValidation doTestServer(@QueryParameter String uri, @QueryParameter String credentialsId)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ConfiguredServer entered = new ConfiguredServer("", uri);
            entered.setCredentialsId(credentialsId);
            return ConnectionTests.server(entered);
        }
    }
}

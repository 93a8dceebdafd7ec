package io.jenkins.plugins.containerbuild.registries;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderAddress;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One or more BuildKit daemons that do the same, as an administrator describes them, seen from the agent that uses them. */
public class ConfiguredBuilder extends AbstractDescribableImpl<ConfiguredBuilder> {

    private final String name;
    private final String uris;
    private String credentialsId;
    private boolean defaultBuilder;

    /** Takes texts as they were typed; {@link ConfigurationRules} judges them. */
    @DataBoundConstructor
    public ConfiguredBuilder(String name, String uris) {
        this.name = Util.fixNull(Util.fixEmptyAndTrim(name));
        this.uris = Util.fixNull(uris)
                .lines()
                .map(String::trim)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    /** The name under which builds choose this builder. */
    @NonNull
    public String getName() {
        return name;
    }

    /** Where the daemons listen, one a line, in the order in which they are tried. */
    @NonNull
    public String getUris() {
        return uris;
    }

    /** The lines of {@link #getUris()}. */
    @NonNull
    List<String> addresses() {
        return uris.lines().toList();
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

    /** Whether builds that choose neither a builder nor a Docker server use this one. */
    public boolean isDefaultBuilder() {
        return defaultBuilder;
    }

    /** See {@link #isDefaultBuilder()}. */
    @DataBoundSetter
    public void setDefaultBuilder(boolean defaultBuilder) {
        this.defaultBuilder = defaultBuilder;
    }

    /** Form and checks. Everything here is for administrators alone. */
    @Extension
    @Symbol("containerBuilder")
    public static class DescriptorImpl extends Descriptor<ConfiguredBuilder> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ConfiguredBuilder_displayName();
        }

        /** The certificates that Jenkins has for Docker servers, which are good for builders, too. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @QueryParameter String credentialsId, @QueryParameter String uris) {
            return ServerCertificates.choices(credentialsId, new ConfiguredBuilder("", uris).firstAddress());
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return FieldCheck.run(() -> ConfigurationRules.checkName(value, Messages.ConfiguredBuilder_name()));
        }

        /** Also warns where everybody in the network could give orders to a daemon. */
        @POST
        public FormValidation doCheckUris(@QueryParameter String value, @QueryParameter String credentialsId) {
            ConfiguredBuilder entered = new ConfiguredBuilder("", value);
            FormValidation readable = FieldCheck.run(() -> ConfigurationRules.checkBuilderUris(entered.addresses()));
            if (readable.kind != FormValidation.Kind.OK) {
                return readable;
            }
            boolean open = Util.fixEmptyAndTrim(credentialsId) == null
                    && entered.addresses().stream().anyMatch(uri -> new BuilderAddress(uri, null).unprotected());
            return FieldCheck.warnIf(open, Messages.ConfiguredBuilder_openTcpWarning());
        }

        /** Warns, since the credentials may live in a folder that this page cannot see. */
        @POST
        public FormValidation doCheckCredentialsId(@QueryParameter String value, @QueryParameter String uris) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER) || Util.fixEmptyAndTrim(value) == null) {
                return FormValidation.ok();
            }
            return ServerCertificates.isGlobal(value, new ConfiguredBuilder("", uris).firstAddress())
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.ConfiguredBuilder_credentialsNotGlobal(value));
        }

        /** Connects from the controller to what stands in the form. Saves nothing. */
        @POST
        public FormValidation doTestBuilder(@QueryParameter String uris, @QueryParameter String credentialsId)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ConfiguredBuilder entered = new ConfiguredBuilder("", uris);
            entered.setCredentialsId(credentialsId);
            return ConnectionTests.builder(entered);
        }
    }

    /** The first of {@link #addresses()}, by which credentials are looked up; empty where there is none. */
    @NonNull
    String firstAddress() {
        return addresses().stream().findFirst().orElse("");
    }
}

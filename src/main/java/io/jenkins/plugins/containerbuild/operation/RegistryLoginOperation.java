package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.Extension;
import hudson.console.ConsoleLogFilter;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.agent.LoginTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.registries.BuildCredentials;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Logs other programs in to registries for a block of steps: docker, podman, skopeo, or whatever reads their settings. */
public final class RegistryLoginOperation extends ContainerOperation<String> {

    private static final long serialVersionUID = 1L;

    private final List<String> registries;

    /** What the agent was given, for {@link #mask}; not saved. */
    @SuppressFBWarnings(
            value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
            justification = "It is for the moment between the giving and the block; what was not given is null")
    private transient volatile List<RegistryCredentials> given;

    /** @param registries the ids of registries */
    @DataBoundConstructor
    public RegistryLoginOperation(List<String> registries) {
        this.registries = OptionValues.keep(registries);
    }

    /** The ids of registries. */
    @NonNull
    public List<String> getRegistries() {
        return OptionValues.get(registries);
    }

    @Override
    EngineTask<String> task(OptionReader options) throws EngineException {
        Map<RegistryAddress, RegistryEntry> entries = new LinkedHashMap<>();
        for (String id : options.texts(getRegistries())) {
            RegistryEntry entry = options.registries().choosing(id).chosen().orElseThrow();
            RegistryEntry other = entries.put(entry.address(), entry);
            if (other != null && !other.equals(entry)) {
                throw new InvalidRequestException(
                        "could not log in to the registries '" + other.id() + "' and '" + entry.id() + "'",
                        "both are " + entry.address() + ", and programs have one login for each address",
                        "Use a block for each of them");
            }
        }
        if (entries.isEmpty()) {
            throw new InvalidRequestException(
                    "could not log in to registries",
                    "the option 'registries' is empty",
                    "Give the ids of registries: see Manage Jenkins, Container builds");
        }
        return new LoginTask.Write(options.loginFolder(), new ArrayList<>(entries.values()));
    }

    @Override
    EngineTask<?> ending(OptionReader options, OperationResult made, boolean failed) {
        return new LoginTask.Remove(((RegistryLogins) made).getFolder());
    }

    /** Remembers what it gives. */
    @Override
    CredentialsSource credentials(Run<?, ?> run) {
        CredentialsSource source = new BuildCredentials(run);
        List<RegistryCredentials> logins = new CopyOnWriteArrayList<>();
        given = logins;
        return entry -> {
            Optional<RegistryCredentials> login = source.credentialsFor(entry);
            login.ifPresent(logins::add);
            return login;
        };
    }

    /** Hides the logins that were given in what the block's steps write to the log. */
    @NonNull
    public ConsoleLogFilter mask() {
        List<RegistryCredentials> logins = given;
        return LoginMask.of(logins == null ? List.of() : logins);
    }

    /** Only for the settings of the docker command that there are: nobody looks for a daemon. */
    @Override
    EndpointRequest endpoint(OperationContext context, Map<String, String> variables) {
        return EndpointRequest.fromEnvironment(variables);
    }

    @Override
    void report(OperationContext context, String folder) {
        context.listener()
                .getLogger()
                .println("Logged in to " + String.join(", ", getRegistries()) + " for docker, podman and skopeo");
    }

    @Override
    RegistryLogins result(String folder) {
        return RegistryLogins.in(folder);
    }

    /** Checks for the form. */
    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RegistryLoginOperation_DisplayName();
        }

        /** Checks the ids. */
        @POST
        public FormValidation doCheckRegistries(@AncestorInPath Item item, @QueryParameter String value) {
            return mayCheck(item) ? OptionChecks.registryIds(item, value) : FormValidation.ok();
        }
    }
}

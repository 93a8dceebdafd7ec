package io.jenkins.plugins.containerbuild.registries;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.util.List;

/** Jenkins' credentials as logins to the proxies on the way to registries: user names with passwords. */
final class ProxyLogins {

    private ProxyLogins() {}

    /** Whether the entry names credentials for a proxy. */
    static boolean wanted(RegistryEntry entry) {
        return entry.transport().proxy() != null && entry.transport().proxy().credentialsId() != null;
    }

    /** What the credentials' domain has to fit. */
    static List<DomainRequirement> requirements(String proxy) {
        return URIRequirementBuilder.fromUri(proxy).build();
    }

    /**
     * The login itself.
     *
     * @param found what the lookup found, or null
     * @throws EngineException when there are no such credentials, or of another kind
     */
    static RegistryCredentials login(RegistryEntry entry, @CheckForNull StandardCredentials found)
            throws EngineException {
        if (found instanceof StandardUsernamePasswordCredentials login) {
            return RegistryCredentials.password(
                    login.getUsername(), Secret.of(login.getPassword().getPlainText()));
        }
        throw new EngineException(
                "could not use the credentials '" + entry.transport().proxy().credentialsId()
                        + "' for the proxy of the registry '" + entry.id() + "'",
                // The same for "there are none" and "not for this job": an id is no one else's business.
                found == null
                        ? "there are no such credentials that this item may use"
                        : "they are of another kind (" + found.getDescriptor().getDisplayName() + ")",
                "Add a user name with password under Manage Jenkins, Credentials, or in the item's folder, with exactly this"
                        + " id");
    }
}

package io.jenkins.plugins.containerbuild.registries;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.security.ACL;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import jenkins.authentication.tokens.api.AuthenticationTokens;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryToken;

/**
 * Jenkins' credentials as logins to registries: user names with passwords, and whatever a plugin for a cloud can turn into
 * a {@link DockerRegistryToken}.
 */
final class RegistryLogins {

    /** The user name by which docker's credential helpers mark an identity token. */
    private static final String IDENTITY_TOKEN = "<token>";

    private RegistryLogins() {}

    /** What the credentials' domain has to fit. An address that cannot be read fits the global domain only. */
    static List<DomainRequirement> requirements(String address) {
        try {
            return requirements(RegistryAddress.parse(Util.fixNull(address)));
        } catch (InvalidRequestException e) {
            return List.of();
        }
    }

    static List<DomainRequirement> requirements(RegistryAddress address) {
        return URIRequirementBuilder.fromUri("https://" + address.host()).build();
    }

    /** What can be made a login. */
    static CredentialsMatcher matcher() {
        return CredentialsMatchers.anyOf(
                CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class),
                AuthenticationTokens.matcher(DockerRegistryToken.class));
    }

    /** Whether the id names usable credentials of the controller itself, as opposed to a folder's. */
    static boolean isGlobal(String id, String address) {
        return !CredentialsProvider.listCredentialsInItemGroup(
                        StandardCredentials.class,
                        Jenkins.get(),
                        ACL.SYSTEM2,
                        requirements(address),
                        CredentialsMatchers.allOf(CredentialsMatchers.withId(id), matcher()))
                .isEmpty();
    }

    /**
     * The login itself.
     *
     * @param found what the lookup found, or null
     * @throws EngineException when there are no such credentials, or they cannot be used for a registry
     */
    static RegistryCredentials login(RegistryEntry entry, @CheckForNull StandardCredentials found)
            throws EngineException {
        if (found == null) {
            // Deliberately the same for "there are none" and "not for this job": an id is no one else's business.
            throw unusable(
                    entry,
                    "there are no such credentials that this item may use for " + entry.address(),
                    "Add them under Manage Jenkins, Credentials, or in the item's folder, with exactly this id"
                            + " and a domain that fits the address");
        }
        if (!matcher().matches(found)) {
            throw unusable(
                    entry,
                    "they are of a kind that no registry understands ("
                            + found.getDescriptor().getDisplayName() + ")",
                    "Use a user name with password, or credentials of a plugin for your cloud's registry");
        }
        DockerRegistryToken token = AuthenticationTokens.convert(DockerRegistryToken.class, found);
        if (token == null) {
            throw unusable(
                    entry,
                    "the plugin they come from could not make a login out of them",
                    "See the log of Jenkins for its reason");
        }
        return decode(entry, token);
    }

    private static RegistryCredentials decode(RegistryEntry entry, DockerRegistryToken token) throws EngineException {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(token.getToken()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The cause would quote a character of the secret.
            throw noPair(entry);
        }
        // A password may contain colons, a user name may not.
        int colon = pair.indexOf(':');
        if (colon < 1) {
            throw noPair(entry);
        }
        String username = pair.substring(0, colon);
        Secret secret = Secret.of(pair.substring(colon + 1));
        return username.equals(IDENTITY_TOKEN)
                ? new RegistryCredentials("", secret, true)
                : RegistryCredentials.password(username, secret);
    }

    private static EngineException noPair(RegistryEntry entry) {
        return unusable(
                entry,
                "the login they give is no user name with a password",
                "Check that the credentials have a user name");
    }

    private static EngineException unusable(RegistryEntry entry, String why, String advice) {
        return new EngineException(
                "could not use the credentials '" + entry.credentialsId() + "' of the registry '" + entry.id() + "'",
                why,
                advice);
    }
}

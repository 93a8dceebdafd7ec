package io.jenkins.plugins.containerbuild.registries;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerDomainRequirement;

/** Jenkins' credentials as TLS certificates for Docker servers, builders and registries. */
final class ServerCertificates {

    private ServerCertificates() {}

    static List<DomainRequirement> requirements(String uri) {
        List<DomainRequirement> requirements =
                new ArrayList<>(URIRequirementBuilder.fromUri(Util.fixNull(uri)).build());
        requirements.add(new DockerServerDomainRequirement());
        return requirements;
    }

    /** The drop-down list of the admin page. */
    static ListBoxModel choices(String current, String uri) {
        return CredentialChoices.of(null, current)
                .list(DockerServerCredentials.class, requirements(uri), CredentialsMatchers.always());
    }

    /** Whether the id names certificates of the controller itself, as opposed to a folder's. */
    static boolean isGlobal(String id, String uri) {
        return !CredentialsProvider.listCredentialsInItemGroup(
                        DockerServerCredentials.class,
                        Jenkins.get(),
                        ACL.SYSTEM2,
                        requirements(uri),
                        CredentialsMatchers.withId(id))
                .isEmpty();
    }

    /**
     * Certificates in a build's scope.
     *
     * @return null when there are none to be shown
     * @throws EngineException when it names credentials that are not there or of another kind
     */
    @CheckForNull
    static TlsMaterial inRun(CertificateUse use, Run<?, ?> run) throws EngineException {
        String id = use.credentialsId();
        if (id == null) {
            return null;
        }
        StandardCredentials found =
                CredentialsProvider.findCredentialById(id, StandardCredentials.class, run, requirements(use.uri()));
        CredentialsProvider.track(run, found);
        return material(use, found);
    }

    /** The same among the credentials of the controller itself. */
    @CheckForNull
    static TlsMaterial global(CertificateUse use) throws EngineException {
        String id = use.credentialsId();
        return id == null
                ? null
                : material(
                        use,
                        CredentialsProvider.findCredentialByIdInItemGroup(
                                id, StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, requirements(use.uri())));
    }

    static TlsMaterial material(CertificateUse use, @CheckForNull StandardCredentials found) throws EngineException {
        if (found == null) {
            // Deliberately the same for "there are none" and "not for this job": an id is no one else's business.
            throw unusable(
                    use,
                    "there are no such credentials that this item may use",
                    "Add them under Manage Jenkins, Credentials, or in the item's folder, as an"
                            + " X.509 Client Certificate with exactly this id");
        }
        if (!(found instanceof DockerServerCredentials certificates)) {
            throw unusable(
                    use,
                    "they are of another kind (" + found.getDescriptor().getDisplayName() + ")",
                    "Use an X.509 Client Certificate");
        }
        Secret key = certificates.getClientKeySecret();
        return new TlsMaterial(
                certificates.getServerCaCertificate(),
                certificates.getClientCertificate(),
                key == null ? null : io.jenkins.plugins.containerbuild.engine.Secret.of(key.getPlainText()));
    }

    private static EngineException unusable(CertificateUse use, String why, String advice) {
        return new EngineException(
                "could not use the credentials '" + use.credentialsId() + "' of " + use.who(), why, advice);
    }
}

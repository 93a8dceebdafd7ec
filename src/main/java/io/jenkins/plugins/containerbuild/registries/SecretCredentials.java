package io.jenkins.plugins.containerbuild.registries;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.SecretBytes;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.build.SshKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Hands a build's secrets and SSH keys out of the credentials that its item may use, looked up anew whenever one is asked
 * for. It knows the ids that the build names and no others, whoever asks. Every use is tracked. Stays on the controller.
 */
public final class SecretCredentials implements BuildSecrets {

    /** A little more than a build may have, which is for the engine to refuse in its own words. */
    private static final int LARGEST = 512 * 1024;

    private static final String KINDS =
            "Use a secret text, a secret file, a user name with password or an SSH user name with private key";

    private final Run<?, ?> run;
    private final Map<String, String> secrets;
    private final Map<String, String> ssh;

    /**
     * @param run whose item decides which credentials are visible
     * @param secrets ids of credentials by the ids of secrets in the Dockerfile
     * @param ssh ids of credentials by the ids of SSH agents in the Dockerfile
     */
    public SecretCredentials(Run<?, ?> run, Map<String, String> secrets, Map<String, String> ssh) {
        this.run = Objects.requireNonNull(run, "run");
        this.secrets = Map.copyOf(secrets);
        this.ssh = Map.copyOf(ssh);
    }

    @Override
    public Optional<SecretBytes> secret(String id) throws EngineException {
        String credentialsId = secrets.get(id);
        if (credentialsId == null) {
            return Optional.empty();
        }
        String what = "could not use the secret '" + id + "'";
        StandardCredentials found = find(what, credentialsId);
        if (found instanceof StringCredentials text) {
            return Optional.of(SecretBytes.of(text.getSecret().getPlainText()));
        }
        if (found instanceof FileCredentials file) {
            return Optional.of(content(what, file));
        }
        if (found instanceof StandardUsernamePasswordCredentials login) {
            return Optional.of(SecretBytes.of(
                    login.getUsername() + ':' + login.getPassword().getPlainText()));
        }
        if (found instanceof SSHUserPrivateKey key) {
            return Optional.of(SecretBytes.of(String.join("\n", key.getPrivateKeys())));
        }
        throw otherKind(what, found, KINDS);
    }

    @Override
    public List<SshKey> sshKeys(String id) throws EngineException {
        String credentialsId = ssh.get(id);
        if (credentialsId == null) {
            return List.of();
        }
        String what = "could not forward the SSH agent '" + id + "'";
        StandardCredentials found = find(what, credentialsId);
        if (!(found instanceof SSHUserPrivateKey key)) {
            throw otherKind(what, found, "Use an SSH user name with private key");
        }
        Secret passphrase = key.getPassphrase();
        return key.getPrivateKeys().stream()
                .map(text -> new SshKey(
                        credentialsId,
                        SecretBytes.of(text),
                        passphrase == null || passphrase.getPlainText().isEmpty()
                                ? null
                                : io.jenkins.plugins.containerbuild.engine.Secret.of(passphrase.getPlainText())))
                .toList();
    }

    private StandardCredentials find(String what, String credentialsId) throws EngineException {
        StandardCredentials found =
                CredentialsProvider.findCredentialById(credentialsId, StandardCredentials.class, run, List.of());
        if (found == null) {
            // Deliberately the same for "there are none" and "not for this job": an id is no one else's business.
            throw new EngineException(
                    what,
                    "there are no credentials '" + credentialsId + "' that this item may use",
                    "Add them under Manage Jenkins, Credentials, or in the item's folder, with exactly this id");
        }
        // The lookup itself does not track, unlike what its manual says.
        CredentialsProvider.track(run, found);
        return found;
    }

    private static SecretBytes content(String what, FileCredentials file) throws EngineException {
        try (InputStream in = file.getContent()) {
            byte[] content = in.readNBytes(LARGEST);
            SecretBytes secret = SecretBytes.of(content);
            Arrays.fill(content, (byte) 0);
            return secret;
        } catch (IOException e) {
            throw new EngineException(
                    what,
                    "the file of the credentials '" + file.getId() + "' cannot be read: " + e.getMessage(),
                    "Upload it to the credentials again",
                    e);
        }
    }

    private static EngineException otherKind(String what, StandardCredentials found, String advice) {
        return new EngineException(
                what,
                "the credentials '" + found.getId() + "' are of the kind '"
                        + found.getDescriptor().getDisplayName() + "', which has no one value for it",
                advice);
    }
}

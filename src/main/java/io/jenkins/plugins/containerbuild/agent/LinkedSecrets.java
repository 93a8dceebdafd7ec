package io.jenkins.plugins.containerbuild.agent;

import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.SecretBytes;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.build.SshKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The agent's end: asks the controller for secrets and keys when a build needs them. */
final class LinkedSecrets implements BuildSecrets {

    private final ControllerLink link;

    LinkedSecrets(ControllerLink link) {
        this.link = link;
    }

    @Override
    public Optional<SecretBytes> secret(String id) throws EngineException {
        return Optional.ofNullable(asked("the secret '" + id + "'", () -> link.secret(id)))
                .map(WireSecret::unwrap);
    }

    @Override
    public List<SshKey> sshKeys(String id) throws EngineException {
        return asked("the keys of the SSH agent '" + id + "'", () -> link.sshKeys(id)).stream()
                .map(WireSshKey::unwrap)
                .toList();
    }

    private interface Question<T> {
        T ask() throws EngineException, IOException, InterruptedException;
    }

    private static <T> T asked(String what, Question<T> question) throws EngineException {
        try {
            return question.ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("could not get " + what, "the call was cancelled", "", e);
        } catch (IOException | RequestAbortedException e) {
            throw new EngineException(
                    "could not get " + what, "the connection to the Jenkins controller was lost", "", e);
        }
    }
}

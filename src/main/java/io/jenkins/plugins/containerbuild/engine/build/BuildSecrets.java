package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.SecretBytes;
import java.util.List;
import java.util.Optional;

/**
 * Where the engine asks for the values of those secrets and SSH keys that its caller alone knows, at the moment a build
 * needs them. Asked from any thread; what it hands out is the engine's to close.
 */
public interface BuildSecrets {

    /** There are none. */
    BuildSecrets NONE = new BuildSecrets() {
        @Override
        public Optional<SecretBytes> secret(String id) {
            return Optional.empty();
        }

        @Override
        public List<SshKey> sshKeys(String id) {
            return List.of();
        }
    };

    /**
     * The value of a secret of {@link BuildSecret.Source#CALLER}.
     *
     * @param id the secret's id in the Dockerfile
     * @return empty when nobody knows of such a secret
     * @throws EngineException when it is known but cannot be had; the message names what is missing
     */
    Optional<SecretBytes> secret(String id) throws EngineException;

    /**
     * The keys of an SSH agent of {@link SshForward.Source#CALLER}.
     *
     * @param id the agent's id in the Dockerfile
     * @return empty when nobody knows of such an agent
     * @throws EngineException when they are known but cannot be had; the message names what is missing
     */
    List<SshKey> sshKeys(String id) throws EngineException;
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit.session;

import io.grpc.ServerServiceDefinition;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.secret.SecretSources;
import io.jenkins.plugins.containerbuild.engine.build.secret.SecretValues;
import io.jenkins.plugins.containerbuild.engine.build.ssh.SshAgents;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a build may use without it getting into the image: secrets and SSH agents. */
public final class SecretsPart implements SessionPart {

    private final SecretsService secrets;
    private final SshService ssh;

    private SecretsPart(SecretsService secrets, SshService ssh) {
        this.secrets = secrets;
        this.ssh = ssh;
    }

    /**
     * Looks what there is, and whether an option that everybody can read holds a secret.
     *
     * @param request which secrets and agents the build may use
     * @param sources where the values come from
     * @throws EngineException when something is missing, or a secret is where everybody can read it; see {@link
     *     SecretValues#of} and {@link SshAgents#of}
     */
    public static SecretsPart of(BuildRequest request, SecretSources sources) throws EngineException {
        return new SecretsPart(
                new SecretsService(SecretValues.of(request, sources)), new SshService(SshAgents.of(request, sources)));
    }

    @Override
    public List<ServerServiceDefinition> services() {
        return Stream.of(secrets, ssh).flatMap(part -> part.services().stream()).toList();
    }

    @Override
    public EngineException failure() {
        return Stream.of(secrets, ssh)
                .map(SessionPart::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() {
        ssh.close();
    }
}

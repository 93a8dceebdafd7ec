package io.jenkins.plugins.containerbuild.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.SecretBytes;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.build.SshKey;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallLinkTest {

    @Test
    void handsOutCredentialsOfTheControllersOwnEntryOnly() throws Exception {
        RegistryEntry entry = new RegistryEntry(
                "nexus", RegistryAddress.parse("registry.example:5000"), null, "login", false, false, false);
        CredentialsSource source = asked -> asked.equals(entry)
                ? Optional.of(RegistryCredentials.password("tester", Secret.of("s3cret")))
                : Optional.empty();
        CallLink link = new CallLink(Registries.of(List.of(entry)), source, BuildSecrets.NONE);

        assertThat(link.credentialsFor("nexus").unwrap().username()).isEqualTo("tester");
        assertThat(link.credentialsFor("another")).isNull();
    }

    @Test
    void handsOutTheCallsOwnSecretsOnly() throws Exception {
        BuildSecrets secrets = new BuildSecrets() {
            @Override
            public Optional<SecretBytes> secret(String id) {
                return id.equals("token") ? Optional.of(SecretBytes.of("s3cret")) : Optional.empty();
            }

            @Override
            public List<SshKey> sshKeys(String id) {
                return id.equals("default")
                        ? List.of(new SshKey("deploy", SecretBytes.of("k3y"), Secret.of("phrase")))
                        : List.of();
            }
        };
        CallLink link = new CallLink(Registries.none(), CredentialsSource.ANONYMOUS, secrets);

        assertThat(link.secret("token").unwrap().reveal()).asString().isEqualTo("s3cret");
        assertThat(link.secret("another")).isNull();
        SshKey key = link.sshKeys("default").get(0).unwrap();
        assertThat(key.name()).isEqualTo("deploy");
        assertThat(key.privateKey().reveal()).asString().isEqualTo("k3y");
        assertThat(key.passphrase().reveal()).isEqualTo("phrase");
        assertThat(link.sshKeys("another")).isEmpty();
    }

    @Test
    void doesNotWaitForACallThatHasEnded() throws Exception {
        CallLink link = new CallLink(Registries.none(), CredentialsSource.ANONYMOUS, BuildSecrets.NONE);
        link.ended();

        assertThat(link.awaitEnd(Duration.ofDays(1))).isTrue();
    }
}

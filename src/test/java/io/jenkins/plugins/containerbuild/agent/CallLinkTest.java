package io.jenkins.plugins.containerbuild.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.Secret;
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
        CallLink link = new CallLink(Registries.of(List.of(entry)), source);

        assertThat(link.credentialsFor("nexus").unwrap().username()).isEqualTo("tester");
        assertThat(link.credentialsFor("another")).isNull();
    }

    @Test
    void doesNotWaitForACallThatHasEnded() throws Exception {
        CallLink link = new CallLink(Registries.none(), CredentialsSource.ANONYMOUS);
        link.ended();

        assertThat(link.awaitEnd(Duration.ofDays(1))).isTrue();
    }
}

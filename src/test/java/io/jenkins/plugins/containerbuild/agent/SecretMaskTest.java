package io.jenkins.plugins.containerbuild.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SecretMaskTest {

    private final SecretMask mask = new SecretMask();

    @Test
    void hidesThePasswordInEveryFormThatRegistriesEcho() {
        mask.add(RegistryCredentials.password("tester", Secret.of("p+ss w/rd?")));

        assertThat(mask.hide("plain p+ss w/rd?, url p%2Bss+w%2Frd%3F")).isEqualTo("plain ****, url ****");
        assertThat(mask.hide("Basic " + base64("tester:p+ss w/rd?"))).isEqualTo("Basic ****");
        assertThat(mask.hide("token " + base64("p+ss w/rd?").replace("=", ""))).isEqualTo("token ****");
    }

    @Test
    void hidesALongerSecretWhole() {
        mask.add(RegistryCredentials.password("a", Secret.of("secret")));
        mask.add(RegistryCredentials.password("b", Secret.of("secret-and-more")));

        assertThat(mask.hide("it is secret-and-more")).isEqualTo("it is ****");
    }

    @Test
    void leavesTextsAloneForAnEmptyPassword() {
        mask.add(RegistryCredentials.password("tester", Secret.of("")));

        assertThat(mask.hide("a text")).isEqualTo("a text");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

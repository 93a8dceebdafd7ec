package io.jenkins.plugins.containerbuild.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.TaskListener;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.SecretBytes;
import io.jenkins.plugins.containerbuild.engine.build.SshKey;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WireFormsTest {

    private static final RegistryCredentials LOGIN = RegistryCredentials.password("tester", Secret.of("s3cret"));
    private static final SshKey KEY = new SshKey("deploy", SecretBytes.of("k3y"), null);
    private static final EndpointRequest ENDPOINT = new EndpointRequest(
            "tcp://docker.example:2376", new TlsMaterial("ca", "cert", Secret.of("k3y")), Map.of("HOME", "/build"));

    @Test
    void refuseToBeWrittenAnywhereButToAChannel() {
        assertThatThrownBy(() -> write(WireCredentials.of(LOGIN))).isInstanceOf(NotSerializableException.class);
        assertThatThrownBy(() -> write(WireEndpoint.of(ENDPOINT))).isInstanceOf(NotSerializableException.class);
        assertThatThrownBy(() -> write(WireSecret.of(SecretBytes.of("s3cret"))))
                .isInstanceOf(NotSerializableException.class);
        assertThatThrownBy(() -> write(WireSshKey.of(KEY))).isInstanceOf(NotSerializableException.class);
    }

    @Test
    void giveBackWhatTheyHold() {
        RegistryCredentials login = WireCredentials.of(LOGIN).unwrap();
        EndpointRequest endpoint = WireEndpoint.of(ENDPOINT).unwrap(Map.of("HOME", "/home/agent", "DOCKER_HOST", "x"));

        assertThat(login.username()).isEqualTo("tester");
        assertThat(login.secret().reveal()).isEqualTo("s3cret");
        assertThat(endpoint.uri()).isEqualTo("tcp://docker.example:2376");
        assertThat(endpoint.tls().clientKey().reveal()).isEqualTo("k3y");
        assertThat(endpoint.environment()).containsEntry("HOME", "/build").containsEntry("DOCKER_HOST", "x");
    }

    @Test
    void showNoSecret() {
        assertThat(WireCredentials.of(LOGIN)).hasToString("credentials of tester");
        assertThat(WireEndpoint.of(ENDPOINT)).hasToString("tcp://docker.example:2376");
        assertThat(WireSecret.of(SecretBytes.of("s3cret"))).hasToString("a secret");
        assertThat(WireSshKey.of(KEY)).hasToString("the SSH key deploy");
    }

    /** Read by two of an agent's first calls at the same time, that listener makes both wait for ever. */
    @Test
    void aCallWithoutAListenerSendsNone() throws Exception {
        byte[] call = write(new EngineCallable<>(
                new EngineTask.LookAtSocket(), null, Registries.none(), null, TaskListener.NULL, null));

        assertThat(new String(call, StandardCharsets.ISO_8859_1))
                .contains("LookAtSocket")
                .doesNotContain("NullTaskListener");
    }

    private static byte[] write(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }
}

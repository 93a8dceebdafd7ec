package io.jenkins.plugins.containerbuild.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderAddress;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireBuildersTest {

    private static final WireBuilders WIRED = WireBuilders.of(List.of(
            new BuilderAddress("tcp://one.example:1234", new TlsMaterial("ca", "cert", Secret.of("k3y"))),
            new BuilderAddress("unix:///run/b.sock", null)));

    @Test
    void refuseToBeWrittenAnywhereButToAChannel() {
        assertThatThrownBy(() -> {
                    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
                        out.writeObject(WIRED);
                    }
                })
                .isInstanceOf(NotSerializableException.class);
    }

    @Test
    void giveBackWhatTheyHold() {
        List<BuilderAddress> addresses = WIRED.unwrap();

        assertThat(addresses)
                .extracting(BuilderAddress::uri)
                .containsExactly("tcp://one.example:1234", "unix:///run/b.sock");
        assertThat(addresses.get(0).tls().clientKey().reveal()).isEqualTo("k3y");
        assertThat(addresses.get(0).tls().serverCa()).isEqualTo("ca");
        assertThat(addresses.get(1).tls()).isNull();
    }

    @Test
    void showNoSecret() {
        assertThat(WIRED).hasToString("tcp://one.example:1234, unix:///run/b.sock");
    }
}

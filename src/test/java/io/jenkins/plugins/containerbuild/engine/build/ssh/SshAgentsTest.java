package io.jenkins.plugins.containerbuild.engine.build.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.SecretBytes;
import io.jenkins.plugins.containerbuild.engine.SecretMask;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.build.SshForward;
import io.jenkins.plugins.containerbuild.engine.build.SshKey;
import io.jenkins.plugins.containerbuild.engine.build.secret.SecretSources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent in memory, as one who speaks its protocol sees it. */
class SshAgentsTest {

    private static final byte[] FAILURE = {5};

    @TempDir
    private Path folder;

    private static KeyPair pair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static SshKey pem(String name, KeyPair pair) {
        String text = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return new SshKey(name, SecretBytes.of(text), null);
    }

    private static SshAgents agents(List<SshForward> forwards, Map<String, String> environment, SshKey... keys)
            throws EngineException {
        BuildSecrets caller = new BuildSecrets() {
            @Override
            public Optional<SecretBytes> secret(String id) {
                return Optional.empty();
            }

            @Override
            public List<SshKey> sshKeys(String id) {
                return List.of(keys);
            }
        };
        return SshAgents.of(
                BuildRequest.of("/").ssh(forwards).build(), new SecretSources(environment, caller, new SecretMask()));
    }

    private static AgentConversation conversation(SshKey... keys) throws EngineException {
        return agents(List.of(SshForward.ofCaller("default")), Map.of(), keys).connect("default");
    }

    private static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(4 + message.length)
                .putInt(message.length)
                .put(message)
                .array();
    }

    private static List<byte[]> answers(AgentConversation conversation, byte[] sent) throws IOException {
        List<byte[]> answers = new ArrayList<>();
        conversation.add(sent, answer -> {
            assertThat(ByteBuffer.wrap(answer).getInt()).isEqualTo(answer.length - 4);
            answers.add(Arrays.copyOfRange(answer, 4, answer.length));
        });
        return answers;
    }

    private static byte[] signRequest(PublicKey key, byte[] data, int flags) {
        Buffer request = new ByteArrayBuffer();
        request.putByte((byte) 13);
        request.putPublicKey(key);
        request.putBytes(data);
        request.putInt(flags);
        return framed(request.getCompactData());
    }

    private static Buffer signature(AgentConversation agent, PublicKey key, byte[] data, int flags) throws IOException {
        Buffer answer = new ByteArrayBuffer(
                answers(agent, signRequest(key, data, flags)).get(0));
        assertThat(answer.getUByte()).isEqualTo(14);
        return new ByteArrayBuffer(answer.getBytes());
    }

    @Test
    void listsItsKeysByName() throws Exception {
        KeyPair first = pair();
        KeyPair second = pair();

        Buffer list = new ByteArrayBuffer(
                answers(conversation(pem("one", first), pem("two", second)), framed(new byte[] {11}))
                        .get(0));

        assertThat(list.getUByte()).isEqualTo(12);
        assertThat(list.getInt()).isEqualTo(2);
        assertThat(list.getPublicKey()).isEqualTo(first.getPublic());
        assertThat(list.getString()).isEqualTo("one");
        assertThat(list.getPublicKey()).isEqualTo(second.getPublic());
        assertThat(list.getString()).isEqualTo("two");
    }

    @Test
    void signsWithRsaAsTheFlagsSay() throws Exception {
        KeyPair rsa = pair();
        byte[] data = "sign this".getBytes(StandardCharsets.UTF_8);
        Map<Integer, List<String>> algorithms = Map.of(
                0, List.of("ssh-rsa", "SHA1withRSA"),
                2, List.of("rsa-sha2-256", "SHA256withRSA"),
                4, List.of("rsa-sha2-512", "SHA512withRSA"));
        AgentConversation agent = conversation(pem("rsa", rsa));

        for (Map.Entry<Integer, List<String>> algorithm : algorithms.entrySet()) {
            Buffer signature = signature(agent, rsa.getPublic(), data, algorithm.getKey());

            assertThat(signature.getString()).isEqualTo(algorithm.getValue().get(0));
            Signature verifier = Signature.getInstance(algorithm.getValue().get(1));
            verifier.initVerify(rsa.getPublic());
            verifier.update(data);
            assertThat(verifier.verify(signature.getBytes())).isTrue();
        }
    }

    @Test
    void answersMessagesInAnyPieces() throws Exception {
        AgentConversation agent = conversation(pem("rsa", pair()));
        ByteArrayOutputStream three = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            three.writeBytes(framed(new byte[] {11}));
        }

        assertThat(answers(agent, three.toByteArray())).hasSize(3);
        assertThat(answers(agent, new byte[] {0, 0})).isEmpty();
        assertThat(answers(agent, new byte[] {0, 1})).isEmpty();
        assertThat(answers(agent, new byte[] {11, 0})).hasSize(1);
    }

    @Test
    void refusesEverythingElse() throws Exception {
        KeyPair own = pair();
        AgentConversation agent = conversation(pem("rsa", own));

        for (int kind = 0; kind < 256; kind++) {
            if (kind != 11 && kind != 13) {
                assertThat(answers(agent, framed(new byte[] {(byte) kind, 0, 0, 0, 0})))
                        .containsExactly(FAILURE);
            }
        }
        byte[] data = {1};
        assertThat(answers(agent, signRequest(pair().getPublic(), data, 0)))
                .as("a key that it does not have")
                .containsExactly(FAILURE);
        assertThat(answers(agent, framed(new byte[] {13, 0, 0})))
                .as("a broken request")
                .containsExactly(FAILURE);
        assertThat(answers(agent, signRequest(own.getPublic(), data, 0)).get(0)[0])
                .isEqualTo((byte) 14);
        assertThatThrownBy(() -> answers(agent, new byte[] {0x7f, 0, 0, 0})).isInstanceOf(IOException.class);
    }

    @Test
    void saysWhatIsWrongWithAKey() {
        assertThatThrownBy(() -> conversation(new SshKey("deploy", SecretBytes.of("no key at all"), null)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("'deploy'")
                .hasMessageContaining("OpenSSH")
                .hasMessageNotContaining("no key at all");
        assertThatThrownBy(() -> conversation(new SshKey(
                        "deploy",
                        SecretBytes.of("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
                        Secret.of("x"))))
                .isInstanceOf(EngineException.class)
                .hasNoCause()
                .hasMessageContaining("'deploy'");
    }

    @Test
    void saysWhatIsMissingBeforeTheBuild() throws Exception {
        Path notASocket = Files.writeString(folder.resolve("file"), "x");

        assertThatThrownBy(() -> agents(List.of(SshForward.ofEnvironment("default")), Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("SSH_AUTH_SOCK is not set");
        assertThatThrownBy(() -> agents(
                        List.of(SshForward.ofEnvironment("default")), Map.of("SSH_AUTH_SOCK", notASocket.toString())))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(notASocket.toString());
        assertThatThrownBy(() -> agents(List.of(SshForward.parse("id=" + folder + "/gone")), Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(folder + "/gone");
        assertThatThrownBy(() -> agents(List.of(SshForward.ofCaller("a"), SshForward.ofCaller("a")), Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("twice");
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.SecretBytes;
import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecret;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.build.ProgressMode;
import io.jenkins.plugins.containerbuild.engine.build.SshForward;
import io.jenkins.plugins.containerbuild.engine.build.SshKey;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.testkit.OpenSsh;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets and SSH on every daemon that has BuildKit; its subclasses name the daemons. */
abstract class SecretBuilds {

    private static final String PASSPHRASE = "a passphrase";

    /** Other in each test, so that nothing is found that another one left. */
    final String value = "Tok+en/" + UUID.randomUUID() + "?=";

    final LeakSearch search = new LeakSearch(value);
    final List<EngineEvent> events = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    BuildRequest.Builder request() {
        return BuildRequest.of(folder.resolve("context").toString());
    }

    void context(String... lines) throws Exception {
        dockerfile(folder.resolve("context"), lines);
    }

    BuildResult build(TestEngine daemon, BuildRequest request, Map<String, String> variables, SshKey... keys)
            throws Exception {
        BuildSecrets caller = new BuildSecrets() {
            @Override
            public Optional<SecretBytes> secret(String id) throws EngineException {
                if (id.equals("broken")) {
                    throw new EngineException("could not find the credentials 'gone'", "no such", "Add them");
                }
                return Optional.of(SecretBytes.of(value));
            }

            @Override
            public List<SshKey> sshKeys(String id) {
                return List.of(keys);
            }
        };
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("DOCKER_BUILDKIT", "1");
        EndpointRequest endpoint = new EndpointRequest(daemon.uri().toString(), null, environment);
        try (ContainerEngine engine =
                ContainerEngine.open(endpoint, Registries.none(), CredentialsSource.ANONYMOUS, caller, events::add)) {
            return engine.build(request);
        }
    }

    String log() {
        return String.join("\n", events.stream().map(EventText::of).toList());
    }

    @Test
    void aRunInstructionReadsSecretsOfAllKinds(TestEngine daemon) throws Exception {
        context(
                "FROM base:1",
                "RUN --mount=type=secret,id=caller --mount=type=secret,id=file,target=/file --mount=type=secret,id=env"
                        + " cd /run/secrets; wc -c caller env /file; sha256sum caller env /file; echo "
                        + UUID.randomUUID());
        Path file = Files.write(folder.resolve("binary"), new byte[] {0, 1, (byte) 0xff, '\n'});

        build(
                daemon,
                request()
                        .secrets(List.of(
                                BuildSecret.ofCaller("caller"),
                                BuildSecret.ofFile("file", file.toString()),
                                BuildSecret.ofEnvironment("env", "FROM_ENVIRONMENT")))
                        .build(),
                Map.of("FROM_ENVIRONMENT", "abc"));

        assertThat(log())
                .containsPattern("(?m)^ *" + value.length() + " caller$")
                .contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  env")
                .containsPattern("(?m)^ *4 /file$");
    }

    @Test
    void nothingOfASecretIsLeft(TestEngine daemon) throws Exception {
        String name = "leaks:" + UUID.randomUUID();
        context(
                "FROM base:1",
                "RUN --mount=type=secret,id=token cd /run/secrets; echo plain $(cat token);"
                        + " echo basic $(printf 'user:%s' $(cat token) | base64);"
                        + " echo $(cat token) | base64; base64 token; echo url "
                        + "$(sed 's,+,%2B,g;s,/,%2F,g;s,?,%3F,g;s,=,%3D,g' token); echo end > /end");

        BuildResult result = build(
                daemon,
                request()
                        .secrets(List.of(BuildSecret.ofCaller("token")))
                        .tags(List.of(ImageReference.parse(name)))
                        .labels(Map.of("a", "label"))
                        .build(),
                Map.of());

        assertThat(log()).contains("plain ****", "basic ", "url ****");
        search.assertNotIn("events", events.toString());
        search.assertNotIn("result", result.toString());
        try (InputStream saved = daemon.client().saveImageCmd(name).exec()) {
            assertThat(search.assertNotInArchive("image", saved)).contains("end");
        }
    }

    @Test
    void rawProgressShowsNoSecret(TestEngine daemon) throws Exception {
        context("FROM base:1", "RUN --mount=type=secret,id=token echo it is $(cat /run/secrets/token)");

        build(
                daemon,
                request()
                        .secrets(List.of(BuildSecret.ofCaller("token")))
                        .progress(ProgressMode.RAWJSON)
                        .build(),
                Map.of());

        byte[] hidden = "it is ****\n".getBytes(StandardCharsets.UTF_8);
        assertThat(log()).contains(Base64.getEncoder().encodeToString(hidden));
        search.assertNotIn("events", events.toString() + log());
    }

    @Test
    void aFailureTellsNoSecret(TestEngine daemon) throws Exception {
        context("FROM base:1", "RUN --mount=type=secret,id=token cat /run/secrets/token; false");

        assertThatThrownBy(() -> build(
                        daemon,
                        request()
                                .secrets(List.of(BuildSecret.ofCaller("token")))
                                .build(),
                        Map.of()))
                .isInstanceOfSatisfying(BuildFailedException.class, failed -> {
                    assertThat(failed.lastLines()).containsExactly("****");
                    search.assertNotIn("message", failed.getMessage());
                });
        search.assertNotIn("events", events.toString());
    }

    @Test
    void saysWhichSecretIsMissing(TestEngine daemon) throws Exception {
        context("FROM base:1", "RUN --mount=type=secret,id=token,required=true cat /run/secrets/token");

        assertThatThrownBy(() -> build(daemon, request().build(), Map.of()))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("'token'")
                .hasMessageContaining("--secret id=token");
    }

    @Test
    void goesOnWithoutASecretThatIsNotRequired(TestEngine daemon) throws Exception {
        context(
                "FROM base:1",
                "RUN --mount=type=secret,id=token ls /run/secrets/token || echo none of it; echo " + UUID.randomUUID());

        build(daemon, request().build(), Map.of());

        assertThat(log()).contains("none of it");
    }

    @Test
    void saysWhyASecretCannotBeHad(TestEngine daemon) throws Exception {
        context("FROM base:1", "RUN --mount=type=secret,id=broken cat /run/secrets/broken; echo " + UUID.randomUUID());

        assertThatThrownBy(() -> build(
                        daemon,
                        request()
                                .secrets(List.of(BuildSecret.ofCaller("broken")))
                                .build(),
                        Map.of()))
                .isInstanceOf(EngineException.class)
                .hasMessage("could not find the credentials 'gone': no such. Add them");
    }

    @Test
    void refusesABuildArgumentThatIsASecret(TestEngine daemon) throws Exception {
        context("FROM base:1");

        assertThatThrownBy(() -> build(
                        daemon,
                        request()
                                .secrets(List.of(BuildSecret.ofCaller("token")))
                                .buildArgs(Map.of("TOKEN", value))
                                .build(),
                        Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("build argument 'TOKEN'")
                .hasMessageContaining("--mount=type=secret,id=token")
                .hasMessageNotContaining(value);
    }

    /** Lists the agent's keys, signs with each and checks the signature; also what the agent must not do. */
    private void contextWithOpenSsh(OpenSsh programs, String mount) throws Exception {
        context(
                "FROM base:1",
                "ENV PATH=/usr/bin:/bin",
                "COPY openssh /",
                "RUN --mount=type=ssh" + mount + " ssh-add -L > /keys && cat /keys && while read -r key; do"
                        + " echo \"$key\" > /tmp/key.pub; rm -f /tmp/data.sig; echo data > /tmp/data;"
                        + " ssh-keygen -q -Y sign -n test -f /tmp/key.pub /tmp/data < /dev/null || exit 1;"
                        + " ssh-keygen -Y check-novalidate -n test -s /tmp/data.sig < /tmp/data || exit 1;"
                        + " done < /keys",
                "RUN --mount=type=ssh" + mount + " ssh-add -D || echo \"kept $(ssh-add -l | wc -l)\"; echo "
                        + UUID.randomUUID());
        programs.copyTo(folder.resolve("context/openssh"));
    }

    private static SshKey key(Path file, String passphrase) throws IOException {
        return new SshKey(
                file.getFileName().toString(),
                SecretBytes.of(Files.readAllBytes(file)),
                passphrase.isEmpty() ? null : Secret.of(passphrase));
    }

    @Test
    void signsWithKeysOfEveryFormFromMemory(TestEngine daemon) throws Exception {
        OpenSsh programs = OpenSsh.in(folder);
        contextWithOpenSsh(programs, ",required=true");
        List<List<String>> forms = List.of(
                List.of("rsa", "-b", "2048", "-m", "PEM"),
                List.of("rsa", "-b", "2048", "-m", "PKCS8"),
                List.of("rsa", "-b", "2048"),
                List.of("ecdsa", "-b", "256", "-m", "PEM"),
                List.of("ecdsa", "-b", "384", "-m", "PKCS8"),
                List.of("ecdsa", "-b", "521"),
                List.of("ed25519"));
        List<SshKey> keys = new ArrayList<>();
        for (String passphrase : List.of("", PASSPHRASE)) {
            for (List<String> form : forms) {
                List<String> options = new ArrayList<>(List.of("-t"));
                options.addAll(form);
                keys.add(
                        key(programs.key("key" + keys.size(), passphrase, options.toArray(String[]::new)), passphrase));
            }
        }

        build(
                daemon,
                request().ssh(List.of(SshForward.ofCaller("default"))).build(),
                Map.of(),
                keys.toArray(SshKey[]::new));

        for (int i = 0; i < 2 * forms.size(); i++) {
            String[] publicKey =
                    Files.readString(folder.resolve("key" + i + ".pub")).split(" ");
            assertThat(log()).contains(publicKey[0] + " " + publicKey[1] + " key" + i);
        }
        assertThat(log().lines().filter(line -> line.contains("Good \"test\" signature")))
                .hasSize(2 * forms.size());
        assertThat(log()).contains("kept " + 2 * forms.size());
    }

    @Test
    void forwardsToARunningAgent(TestEngine daemon) throws Exception {
        OpenSsh programs = OpenSsh.in(folder);
        contextWithOpenSsh(programs, ",id=github");
        Path key = programs.key("forwarded", "", "-t", "ed25519");

        try (OpenSsh.Agent agent = programs.agent(key)) {
            build(
                    daemon,
                    request().ssh(List.of(SshForward.ofEnvironment("github"))).build(),
                    Map.of("SSH_AUTH_SOCK", agent.socket().toString()));
            assertThat(log()).contains("Good \"test\" signature").contains("kept 1");

            events.clear();
            build(
                    daemon,
                    request()
                            .noCache(true)
                            .ssh(List.of(SshForward.parse("github=" + agent.socket())))
                            .build(),
                    Map.of());
            assertThat(log()).contains("Good \"test\" signature").contains("kept 1");
        }

        events.clear();
        build(
                daemon,
                request()
                        .noCache(true)
                        .ssh(List.of(SshForward.parse("github=" + key)))
                        .build(),
                Map.of());
        assertThat(log()).contains("Good \"test\" signature").contains("kept 1");
    }

    @Test
    void saysWhatIsWrongWithSsh(TestEngine daemon) throws Exception {
        OpenSsh programs = OpenSsh.in(folder);
        context("FROM base:1", "RUN --mount=type=ssh,required=true ls; echo " + UUID.randomUUID());
        Path encrypted = programs.key("encrypted", PASSPHRASE, "-t", "ed25519");
        BuildRequest asking =
                request().ssh(List.of(SshForward.ofCaller("default"))).build();

        assertThatThrownBy(() -> build(daemon, request().build(), Map.of()))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("'default'")
                .hasMessageContaining("--ssh default");
        assertThatThrownBy(() -> build(daemon, asking, Map.of(), key(encrypted, "")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("'encrypted'")
                .hasMessageContaining("no passphrase");
        assertThatThrownBy(() -> build(daemon, asking, Map.of(), key(encrypted, "wrong")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("'encrypted'")
                .hasMessageContaining("Check the passphrase");
    }
}

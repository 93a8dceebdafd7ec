package io.jenkins.plugins.containerbuild.engine.build.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.SecretBytes;
import io.jenkins.plugins.containerbuild.engine.SecretMask;
import io.jenkins.plugins.containerbuild.engine.build.Annotation;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecret;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.build.SshKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretValuesTest {

    private static final String VALUE = "a-token-of-some-length";

    private final SecretMask mask = new SecretMask();
    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    private Path folder;

    private SecretSources sources(Map<String, String> environment) {
        BuildSecrets caller = new BuildSecrets() {
            @Override
            public Optional<SecretBytes> secret(String id) throws EngineException {
                asked.incrementAndGet();
                return switch (id) {
                    case "token" -> Optional.of(SecretBytes.of(VALUE));
                    case "large" -> Optional.of(SecretBytes.of(new byte[SecretValues.LARGEST + 1]));
                    case "broken" -> throw new EngineException("could not find the credentials 'x'", "no", "");
                    default -> Optional.empty();
                };
            }

            @Override
            public List<SshKey> sshKeys(String id) {
                return List.of();
            }
        };
        return new SecretSources(environment, caller, mask);
    }

    private SecretValues values(BuildRequest.Builder request, BuildSecret... secrets) throws EngineException {
        return SecretValues.of(
                request.secrets(List.of(secrets)).build(), sources(Map.of("VARIABLE", "from the environment")));
    }

    private BuildRequest.Builder request() {
        return BuildRequest.of(folder.toString());
    }

    private static String text(SecretValues values, String id) throws EngineException {
        try (SecretBytes value = values.get(id).orElseThrow()) {
            return new String(value.reveal(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void takesValuesFromAllSources() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "from a file");
        SecretValues values = values(
                request(),
                BuildSecret.ofCaller("token"),
                BuildSecret.ofEnvironment("environment", "VARIABLE"),
                BuildSecret.ofFile("file", file.toString()));

        assertThat(text(values, "token")).isEqualTo(VALUE);
        assertThat(text(values, "environment")).isEqualTo("from the environment");
        assertThat(text(values, "file")).isEqualTo("from a file");
        assertThat(values.get("another")).isEmpty();
    }

    @Test
    void asksTheCallerWhenTheDaemonAsks() throws Exception {
        SecretValues values = values(request(), BuildSecret.ofCaller("token"));
        assertThat(asked).hasValue(0);

        text(values, "token");
        text(values, "token");

        assertThat(asked).hasValue(2);
    }

    @Test
    void hidesAValueBeforeItIsHandedOut() throws Exception {
        values(request(), BuildSecret.ofCaller("token")).get("token");

        assertThat(mask.hide("it is " + VALUE)).isEqualTo("it is ****");
    }

    @Test
    void refusesWhatIsNotThereBeforeTheBuild() {
        assertThatThrownBy(() -> values(request(), BuildSecret.ofFile("token", folder + "/gone")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'token'")
                .hasMessageContaining(folder + "/gone");
        assertThatThrownBy(() -> values(request(), BuildSecret.ofEnvironment("token", "GONE")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'token'")
                .hasMessageContaining("'GONE'");
        assertThatThrownBy(() -> values(request(), BuildSecret.ofFile("token", folder.toString())))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("not a file");
        assertThatThrownBy(() -> values(request(), BuildSecret.ofCaller("token"), BuildSecret.ofCaller("token")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void saysWhyACallersSecretCannotBeHad() throws Exception {
        SecretValues values = values(
                request(),
                BuildSecret.ofCaller("unknown"),
                BuildSecret.ofCaller("broken"),
                BuildSecret.ofCaller("large"));

        assertThatThrownBy(() -> values.get("unknown")).hasMessageContaining("'unknown'");
        assertThatThrownBy(() -> values.get("broken")).hasMessageContaining("credentials 'x'");
        assertThatThrownBy(() -> values.get("large")).hasMessageContaining("512000");
    }

    @Test
    void refusesAFileThatIsTooLarge() throws Exception {
        Path file = Files.write(folder.resolve("large"), new byte[600_000]);

        assertThatThrownBy(() -> values(request(), BuildSecret.ofFile("large", file.toString())))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("600000")
                .hasMessageContaining("512000");
        Files.write(file, new byte[SecretValues.LARGEST]);
        assertThat(values(request(), BuildSecret.ofFile("large", file.toString()))
                        .get("large"))
                .isPresent();
    }

    @Test
    void staysInsideTheWorkspace() throws Exception {
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        Path outside = Files.writeString(folder.resolve("outside"), "x");
        Files.writeString(workspace.resolve("inside"), "inside");
        Files.createSymbolicLink(workspace.resolve("link"), outside);
        BuildRequest.Builder request = request().root(workspace.toString());

        assertThatThrownBy(() -> values(request, BuildSecret.ofFile("a", outside.toString())))
                .hasMessageContaining("outside the workspace");
        assertThatThrownBy(() -> values(request().root(workspace.toString()), BuildSecret.ofFile("a", "../outside")))
                .hasMessageContaining("outside the workspace");
        assertThatThrownBy(() -> values(request().root(workspace.toString()), BuildSecret.ofFile("a", "link")))
                .hasMessageContaining("outside the workspace");
        assertThat(text(values(request().root(workspace.toString()), BuildSecret.ofFile("a", "inside")), "a"))
                .isEqualTo("inside");
    }

    @Test
    void refusesSecretsWhereEverybodyCanReadThem() throws Exception {
        BuildSecret token = BuildSecret.ofCaller("token");

        assertThatThrownBy(() -> values(request().buildArgs(Map.of("ARG", VALUE)), token))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("build argument 'ARG'")
                .hasMessageContaining("--mount=type=secret,id=token")
                .hasMessageNotContaining(VALUE);
        assertThatThrownBy(() -> values(request().labels(Map.of("url", "https://a:" + VALUE + "@b")), token))
                .hasMessageContaining("label 'url'")
                .hasMessageNotContaining(VALUE);
        assertThatThrownBy(() ->
                        values(request().annotations(List.of(new Annotation("manifest", "key", VALUE))), token))
                .hasMessageContaining("annotation 'key'");
        assertThat(values(request().buildArgs(Map.of("ARG", "another value")), token)
                        .get("token"))
                .isPresent();
    }

    @Test
    void leavesArgumentsAloneThatHoldAShortSecretByChance() throws Exception {
        BuildRequest.Builder request = request().buildArgs(Map.of("ARG", "VARIABLES"));
        BuildSecret secret = BuildSecret.ofEnvironment("short", "SHORT");

        assertThat(SecretValues.of(request.secrets(List.of(secret)).build(), sources(Map.of("SHORT", "VARI")))
                        .get("short"))
                .isPresent();
    }
}

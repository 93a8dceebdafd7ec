package io.jenkins.plugins.containerbuild.engine.registry.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginFolderTest {

    private static final RegistryCredentials ALICE = RegistryCredentials.password("alice", Secret.of("s3:cret"));

    @TempDir
    private Path disk;

    private JsonNode written(String own, String registry, RegistryCredentials login) throws Exception {
        if (own != null) {
            Files.writeString(Files.createDirectories(own()).resolve("config.json"), own);
        }
        new LoginFolder(folder()).write(own(), Map.of(RegistryAddress.parse(registry), login));
        return new ObjectMapper().readTree(folder().resolve("config.json").toFile());
    }

    private Path own() {
        return disk.resolve("home/.docker");
    }

    private Path folder() {
        return disk.resolve("work@tmp/logins");
    }

    @Test
    void nobodyElseCanReadIt() throws Exception {
        JsonNode config = written(null, "registry.example:5000", ALICE);

        assertThat(config.path("auths")
                        .path("registry.example:5000")
                        .path("auth")
                        .asText())
                .isEqualTo(Base64.getEncoder().encodeToString("alice:s3:cret".getBytes()));
        assertThat(mode(folder())).isEqualTo("rwx------");
        assertThat(mode(folder().resolve("config.json"))).isEqualTo("rw-------");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void whatIsThereStays() throws Exception {
        String own =
                "{\"auths\": {\"other.example\": {\"auth\": \"eA==\"}, \"registry.example\": {\"auth\": \"eQ==\"}},"
                        + " \"credHelpers\": {\"ecr.example\": \"ecr-login\"}, \"HttpHeaders\": {\"a\": \"b\"}}";

        JsonNode config = written(own, "registry.example", ALICE);

        assertThat(config.path("auths").path("other.example").path("auth").asText())
                .isEqualTo("eA==");
        assertThat(config.path("auths").path("registry.example").path("auth").asText())
                .isNotEqualTo("eQ==");
        assertThat(config.path("credHelpers").toString()).isEqualTo("{\"ecr.example\":\"ecr-login\"}");
        assertThat(config.path("HttpHeaders").path("a").asText()).isEqualTo("b");
        assertThat(own().resolve("config.json")).hasContent(own);
    }

    @Test
    void aLoginGoesBeforeAProgramThatKeepsOthers() throws Exception {
        JsonNode config = written("{\"credsStore\": \"desktop\"}", "docker.io", ALICE);

        assertThat(config.path("credsStore").asText()).isEqualTo("desktop");
        assertThat(config.path("credHelpers").toString()).isEqualTo("{\"https://index.docker.io/v1/\":\"\"}");
        assertThat(config.path("auths").has("https://index.docker.io/v1/")).isTrue();
    }

    @Test
    void anIdentityTokenIsNoPassword() throws Exception {
        JsonNode config = written(null, "azure.example", new RegistryCredentials("", Secret.of("t0ken"), true));

        assertThat(config.path("auths").path("azure.example").toString()).isEqualTo("{\"identitytoken\":\"t0ken\"}");
    }

    @Test
    void theCommandsPluginsAndContextsAreThereAndOutliveIt() throws Exception {
        Path plugin = Files.createDirectories(own().resolve("cli-plugins")).resolve("docker-buildx");
        Files.writeString(plugin, "a plugin");

        written("{}", "registry.example", ALICE);
        assertThat(folder().resolve("cli-plugins/docker-buildx")).hasContent("a plugin");
        new LoginFolder(folder()).remove();

        assertThat(folder()).doesNotExist();
        assertThat(plugin).hasContent("a plugin");
    }

    @Test
    void removingWhatIsNotThereIsNoFailure() throws Exception {
        new LoginFolder(folder()).remove();

        assertThat(folder()).doesNotExist();
    }

    @Test
    void brokenSettingsAreNamedAndNotShown() {
        assertThatThrownBy(() -> written("{\"auths\": {\"x\": s3cret}}", "registry.example", ALICE))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(own().resolve("config.json").toString())
                .hasMessageContaining("it is no JSON")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
        assertThat(folder()).doesNotExist();
    }

    @Test
    void aDiskThatRefusesItKeepsNothing() throws Exception {
        Files.createFile(disk.resolve("work@tmp"));

        assertThatThrownBy(() -> written(null, "registry.example", ALICE))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("could not write logins to " + folder());
    }
}

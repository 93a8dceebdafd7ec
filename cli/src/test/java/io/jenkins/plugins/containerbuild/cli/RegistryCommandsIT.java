package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestAuthority;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that work in registries, in this JVM. */
@WithRegistry
class RegistryCommandsIT {

    private record Outcome(int code, String out, String err) {

        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    private static Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aFolderOfCertificatesOpensARegistry(
            @WithRegistry(RegistryKind.CLIENT_CERTIFICATE) TestRegistry registry, @TempDir Path folder)
            throws Exception {
        TestAuthority.Identity client = registry.clientCertificate().orElseThrow();
        String name = registry.address() + "/cli/guarded";

        assertThat(run("images", name).err()).contains("cannot be trusted");
        Files.copy(registry.caCertificate().orElseThrow(), folder.resolve("ca.crt"));
        assertThat(run("images", "--cert-dir", folder.toString(), name).err()).contains("wants a client certificate");
        Files.copy(client.certificate(), folder.resolve("client.cert"));
        assertThat(run("images", "--cert-dir", folder.toString(), name).err())
                .contains("could not read the certificates in " + folder, "no client.key");
        Files.copy(client.key(), folder.resolve("client.key"));
        // Let in, and asked for its account.
        assertThat(run("images", "--cert-dir", folder.toString(), name).err())
                .contains("status 401", "without a login");
    }

    @Test
    void copiesInspectsListsAndDeletesWithoutADaemon(TestRegistry registry) throws Exception {
        String repository = "cli/copy-" + UUID.randomUUID();
        String name = registry.address() + "/" + repository;
        String json = "{\"os\":\"linux\",\"architecture\":\"arm64\",\"config\":{\"Labels\":{\"a\":\"\\u001b[2K\"}}}";
        String config = registry.putBlob(repository, json.getBytes(StandardCharsets.UTF_8));
        String type = "application/vnd.oci.image.manifest.v1+json";
        String digest = registry.putManifest(
                repository,
                "1",
                type,
                "{\"schemaVersion\":2,\"mediaType\":\"" + type
                        + "\",\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\""
                        + config + "\",\"size\":" + json.length() + "},\"layers\":[]}");

        Outcome copied = run(
                "copy",
                "-H",
                "unix:///nowhere.sock",
                "--json",
                "--referrers",
                name + ":1",
                name + ":2",
                name + "/more:1");

        assertThat(copied.code()).as(copied.err()).isZero();
        assertThat(copied.json().path("digest").asText()).isEqualTo(digest);
        assertThat(copied.json().path("pushed")).hasSize(2);
        assertThat(copied.json().path("transferredBytes").asInt(-1)).isZero();
        assertThat(copied.json().path("referrers").isArray()).isTrue();
        assertThat(registry.manifestDigest(repository + "/more", "1")).hasValue(digest);
        assertThat(run("copy", name + "@" + digest, name + ":3").out().strip()).isEqualTo(name + ":3@" + digest);
        assertThat(run("copy", name + ":1").code()).isEqualTo(2);

        Outcome table = run("inspect", "--remote", name + ":2");
        assertThat(table.code()).as(table.err()).isZero();
        assertThat(table.out())
                .contains("DIGEST       " + digest, "OF           linux/arm64", "LABEL        a=\\u001b[2K")
                .containsPattern("linux/arm64 +" + json.length() + " B +" + digest);
        Outcome document = run("inspect", "--remote", "--json", "--platform", "linux/arm64", name + ":2");
        assertThat(document.json().path("digest").asText()).isEqualTo(digest);
        assertThat(document.json().at("/platforms/0/platform").asText()).isEqualTo("linux/arm64");
        assertThat(document.json().path("layers").isArray()).isTrue();
        assertThat(run("inspect", "--remote", "--platform", "linux/s390x", name + ":2")
                        .err())
                .contains("only for linux/arm64");
        assertThat(run("inspect", "--platform", "linux/s390x", name + ":2").code())
                .isEqualTo(2);

        assertThat(run("images", "--json", name).json().path("tags")).hasSize(3);
        assertThat(run("images", "--filter", "9*", name).out()).isEmpty();
        assertThat(run("delete", "--protect", "*:3", name + ":2").err()).contains("protected by the pattern *:3");
        Outcome deleted = run("delete", "--json", name + ":2");
        assertThat(deleted.code()).as(deleted.err()).isZero();
        assertThat(deleted.json().path("digest").asText()).isEqualTo(digest);
        assertThat(deleted.json().path("tags")).hasSize(3);
        assertThat(run("images", name).out()).isEmpty();
    }
}

package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What docs/remote-builders.md shows for setting a builder up. */
class BuilderSamplesTest {

    private static final Path SAMPLES = Path.of("../src/test/resources/samples").toAbsolutePath();

    @TempDir
    private Path folder;

    private static Set<String> texts(JsonNode list, String field) {
        Set<String> texts = new TreeSet<>();
        list.forEach(entry -> texts.add(entry.path(field).asText()));
        return texts;
    }

    @Test
    void theDeploymentFitsTogether() throws IOException {
        File file = SAMPLES.resolve("buildkitd.yaml").toFile();
        List<JsonNode> documents;
        try (MappingIterator<JsonNode> all =
                new YAMLMapper().readerFor(JsonNode.class).readValues(file)) {
            documents = all.readAll();
        }
        assertThat(documents)
                .extracting(document -> document.path("kind").asText())
                .containsExactly("Deployment", "Service");
        JsonNode deployment = documents.get(0).path("spec");
        JsonNode service = documents.get(1).path("spec");
        JsonNode pod = deployment.path("template").path("spec");
        JsonNode daemon = pod.path("containers").path(0);

        JsonNode labels = deployment.path("template").path("metadata").path("labels");
        assertThat(deployment.path("selector").path("matchLabels")).isEqualTo(labels);
        assertThat(service.path("selector")).isEqualTo(labels);
        JsonNode port = daemon.path("ports").path(0);
        assertThat(service.path("ports").path(0).path("targetPort")).isEqualTo(port.path("name"));
        List<String> arguments = StreamSupport.stream(daemon.path("args").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        assertThat(arguments)
                .contains("--addr=tcp://0.0.0.0:" + port.path("containerPort").asInt());
        // Who is let in must have a certificate, and the files of both sides are where the daemon looks.
        assertThat(arguments.stream().filter(argument -> argument.startsWith("--tls")))
                .hasSize(3)
                .allMatch(argument -> argument.contains("=/certs/"));
        assertThat(texts(daemon.path("volumeMounts"), "mountPath")).contains("/certs");
        assertThat(texts(daemon.path("volumeMounts"), "name")).isEqualTo(texts(pod.path("volumes"), "name"));
        assertThat(daemon.path("securityContext").path("runAsUser").asInt()).isEqualTo(1000);
        assertThat(daemon.path("securityContext").has("privileged")).isFalse();
        String socket = arguments.stream()
                .filter(argument -> argument.startsWith("--addr=unix:"))
                .findFirst()
                .orElseThrow();
        assertThat(daemon.path("readinessProbe")
                        .path("exec")
                        .path("command")
                        .path(1)
                        .asText())
                .isEqualTo(socket);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the sample is a shell script")
    void theCertificatesAreGoodForBothSides() throws Exception {
        // Smaller keys than the sample's, which take long to be found.
        String script =
                Files.readString(SAMPLES.resolve("builder-certificates.sh")).replace("rsa:4096", "rsa:2048");
        run("sh", "-e", "-c", script);

        assertThat(run("openssl", "verify", "-purpose", "sslserver", "-CAfile", "ca.pem", "server-cert.pem"))
                .contains("OK");
        assertThat(run("openssl", "verify", "-purpose", "sslclient", "-CAfile", "ca.pem", "cert.pem"))
                .contains("OK");
        assertThat(run("openssl", "x509", "-in", "server-cert.pem", "-noout", "-ext", "subjectAltName"))
                .contains("DNS:builder.example", "IP Address:192.0.2.10");
    }

    private String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}

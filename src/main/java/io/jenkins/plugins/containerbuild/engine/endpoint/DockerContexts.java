package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The docker CLI's contexts, read from its configuration folder: {@code contexts/meta/SHA256(name)/meta.json} holds the
 * address, {@code contexts/tls/SHA256(name)/docker/} the certificates.
 */
final class DockerContexts {

    private static final long LARGEST_META_FILE = 1 << 20;

    private final Path configuration;

    DockerContexts(Path configuration) {
        this.configuration = configuration;
    }

    EndpointCandidate find(String name) throws EndpointException {
        String folder = sha256(name);
        Path meta = configuration
                .resolve("contexts")
                .resolve("meta")
                .resolve(folder)
                .resolve("meta.json");
        JsonNode docker = read(name, meta).path("Endpoints").path("docker");
        String host = docker.path("Host").asText("");
        if (host.isEmpty()) {
            throw unusable(name, "its file " + meta + " names no docker endpoint", null);
        }
        if (docker.path("SkipTLSVerify").asBoolean(false)) {
            throw unusable(name, "it switches off the check of the daemon's certificate", null);
        }
        Path tls =
                configuration.resolve("contexts").resolve("tls").resolve(folder).resolve("docker");
        return EndpointResolver.candidate(
                host,
                "DOCKER_CONTEXT " + name,
                Files.isDirectory(tls) ? address -> PemTls.ofDirectory(tls, address) : null);
    }

    private JsonNode read(String name, Path meta) throws EndpointException {
        try {
            if (!Files.exists(meta)) {
                throw unusable(name, "there is no such context in " + configuration, null);
            }
            if (Files.size(meta) > LARGEST_META_FILE) {
                throw unusable(name, "its file " + meta + " is larger than 1 MiB", null);
            }
            return new ObjectMapper().readTree(Files.readAllBytes(meta));
        } catch (IOException e) {
            throw unusable(name, "its file " + meta + " cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static EndpointException unusable(String name, String why, IOException cause) {
        return new EndpointException(
                "could not use the docker context '" + name + "' named by DOCKER_CONTEXT",
                why,
                "List the contexts with 'docker context ls' as the same user, or set DOCKER_HOST instead",
                cause);
    }

    private static String sha256(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

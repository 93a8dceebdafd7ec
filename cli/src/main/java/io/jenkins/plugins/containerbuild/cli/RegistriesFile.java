package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryProxy;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Reads registry entries from YAML: a whole Configuration-as-Code document ({@code containerBuilds: registries:}), or
 * just its {@code registries:} part.
 */
final class RegistriesFile {

    private static final long LARGEST = 1 << 20;
    private static final Set<String> KEYS = Set.of(
            "id",
            "address",
            "prefix",
            "credentialsId",
            "plainHttp",
            "skipTlsVerify",
            "caCertificate",
            "clientCertificateId",
            "proxy",
            "proxyCredentialsId",
            "mirror",
            "defaultRegistry");

    private RegistriesFile() {}

    static Registries read(Path file) throws InvalidRequestException {
        try {
            if (Files.size(file) > LARGEST) {
                throw unreadable(file, "it is larger than 1 MiB", null);
            }
            JsonNode document = new ObjectMapper(new YAMLFactory()).readTree(Files.readAllBytes(file));
            return Registries.of(entries(file, registries(file, document)));
        } catch (JsonProcessingException e) {
            throw unreadable(file, "it is no YAML (" + e.getOriginalMessage() + ")", e);
        } catch (IOException e) {
            throw unreadable(file, Files.exists(file) ? e.getMessage() : "there is no such file", e);
        }
    }

    private static JsonNode registries(Path file, JsonNode document) throws InvalidRequestException {
        JsonNode root = document.path("containerBuilds");
        JsonNode registries = (root.isMissingNode() ? document : root).path("registries");
        if (!registries.isArray()) {
            throw unreadable(file, "it has no list 'registries'", null);
        }
        return registries;
    }

    private static List<RegistryEntry> entries(Path file, JsonNode registries) throws InvalidRequestException {
        List<RegistryEntry> entries = new ArrayList<>();
        for (JsonNode registry : registries) {
            for (Iterator<String> keys = registry.fieldNames(); keys.hasNext(); ) {
                String key = keys.next();
                if (!KEYS.contains(key)) {
                    throw unreadable(file, "it has the unknown key '" + key + "'", null);
                }
            }
            String id = text(registry, "id");
            String address = text(registry, "address");
            if (id == null || address == null) {
                throw unreadable(file, "entry " + (entries.size() + 1) + " has no id or no address", null);
            }
            String mirror = text(registry, "mirror");
            entries.add(new RegistryEntry(
                    id,
                    RegistryAddress.parse(address),
                    text(registry, "prefix"),
                    text(registry, "credentialsId"),
                    transport(registry),
                    mirror == null ? null : RegistryAddress.parse(mirror),
                    registry.path("defaultRegistry").asBoolean(false)));
        }
        return entries;
    }

    private static RegistryTransport transport(JsonNode registry) throws InvalidRequestException {
        String proxy = text(registry, "proxy");
        return new RegistryTransport(
                registry.path("plainHttp").asBoolean(false),
                registry.path("skipTlsVerify").asBoolean(false),
                text(registry, "caCertificate"),
                text(registry, "clientCertificateId"),
                proxy == null ? null : RegistryProxy.parse(proxy, text(registry, "proxyCredentialsId")));
    }

    private static String text(JsonNode node, String key) {
        String text = node.path(key).asText("").trim();
        return text.isEmpty() ? null : text;
    }

    private static InvalidRequestException unreadable(Path file, String why, Exception cause) {
        return new InvalidRequestException(
                "could not read the registries file " + file,
                why,
                "Write 'registries:' with entries of id, address and, where wanted, prefix, plainHttp, skipTlsVerify,"
                        + " caCertificate, proxy, mirror and defaultRegistry",
                cause);
    }
}

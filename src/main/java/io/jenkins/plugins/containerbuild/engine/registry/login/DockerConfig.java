package io.jenkins.plugins.containerbuild.engine.registry.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;

/**
 * The docker command's settings, as its {@code config.json} has them
 * (https://docs.docker.com/reference/cli/docker/#configuration-files): whatever is there stays, logins are added.
 */
final class DockerConfig {

    static final String FILE = "config.json";

    private static final int LARGEST = 4 << 20;
    private static final String AUTHS = "auths";
    private static final String HELPERS = "credHelpers";
    private static final String STORE = "credsStore";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode settings;

    private DockerConfig(ObjectNode settings) {
        this.settings = settings;
    }

    /**
     * Reads the settings of a folder; none where there is no file.
     *
     * @throws InvalidRequestException when the file is no JSON, or cannot be read
     */
    static DockerConfig of(Path folder) throws InvalidRequestException {
        Path file = folder.resolve(FILE);
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] content = stream.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw unusable(file, "it has more than " + LARGEST + " bytes", null);
            }
            if (new String(content, StandardCharsets.UTF_8).isBlank()) {
                return new DockerConfig(JSON.createObjectNode());
            }
            if (JSON.readTree(content) instanceof ObjectNode settings) {
                return new DockerConfig(settings);
            }
            throw unusable(file, "it is no JSON object", null);
        } catch (NoSuchFileException e) {
            return new DockerConfig(JSON.createObjectNode());
        } catch (JsonProcessingException e) {
            // Its own message quotes the file, in which there may be logins.
            throw unusable(file, "it is no JSON", null);
        } catch (IOException e) {
            throw unusable(file, e.toString(), e);
        }
    }

    private static InvalidRequestException unusable(Path file, String why, Throwable cause) {
        return new InvalidRequestException(
                "could not add logins to the settings of the docker command in " + file,
                why,
                "Mend or remove the file, or set DOCKER_CONFIG to another folder",
                cause);
    }

    /** Adds a login, in front of whatever would give another one for this registry. */
    void add(RegistryAddress address, RegistryCredentials login) {
        String key = address.authKey();
        ObjectNode entry = object(AUTHS).putObject(key);
        if (login.identityToken()) {
            entry.put("identitytoken", login.secret().reveal());
        } else {
            String pair = login.username() + ':' + login.secret().reveal();
            entry.put("auth", Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        // A program that keeps logins would be asked instead of this file; the docker command takes "" for none.
        if (settings.hasNonNull(STORE) || settings.path(HELPERS).has(key)) {
            object(HELPERS).put(key, "");
        }
    }

    private ObjectNode object(String name) {
        JsonNode there = settings.get(name);
        return there instanceof ObjectNode object ? object : settings.putObject(name);
    }

    byte[] bytes() {
        return settings.toPrettyString().getBytes(StandardCharsets.UTF_8);
    }
}

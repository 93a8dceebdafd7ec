package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.login.LoginFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tasks for logins that other programs of a build find. */
public final class LoginTask {

    private LoginTask() {}

    /**
     * Writes a folder with logins.
     *
     * @param folder where
     * @param entries the registries, each with an address of its own
     */
    public record Write(String folder, List<RegistryEntry> entries) implements EngineTask<String> {

        /** Copies the list. */
        public Write {
            entries = List.copyOf(entries);
        }

        @Override
        public String run(EngineAccess access) throws EngineException {
            Map<RegistryAddress, RegistryCredentials> logins = new LinkedHashMap<>();
            for (RegistryEntry entry : entries) {
                RegistryCredentials login = access.credentials()
                        .credentialsFor(entry)
                        .orElseThrow(() -> new InvalidRequestException(
                                "could not log in to the registry '" + entry.id() + "'",
                                "its entry names no credentials",
                                "Give the entry credentials, or leave the registry out: without a login, programs find"
                                        + " it anyway"));
                logins.put(entry.address(), login);
            }
            new LoginFolder(Path.of(folder)).write(access.endpoint().configuration(), logins);
            return folder;
        }
    }

    /**
     * Removes a folder with logins, if it is there.
     *
     * @param folder which one
     */
    public record Remove(String folder) implements EngineTask<Boolean> {
        @Override
        public Boolean run(EngineAccess access) throws EngineException {
            new LoginFolder(Path.of(folder)).remove();
            return true;
        }
    }
}

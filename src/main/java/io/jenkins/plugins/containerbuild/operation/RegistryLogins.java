package io.jenkins.plugins.containerbuild.operation;

import io.jenkins.plugins.containerbuild.engine.registry.login.LoginFolder;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** Logins for a block of steps; what {@code withContainerRegistry} gives to its block. There is no secret in it. */
public final class RegistryLogins implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final String folder;

    private RegistryLogins(String folder) {
        this.folder = folder;
    }

    static RegistryLogins in(String folder) {
        return new RegistryLogins(folder);
    }

    /** The folder, on the agent. */
    @Whitelisted
    public String getFolder() {
        return folder;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of(DOCKER_CONFIG, folder, AUTH_FILE, LoginFolder.file(folder));
    }

    /** The folder, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return folder;
    }
}

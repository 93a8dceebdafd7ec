package io.jenkins.plugins.containerbuild.testkit;

import java.util.List;

/** The registries that tests can ask for. */
public enum RegistryKind {
    /** Plain HTTP, open to everybody. */
    PLAIN(),
    /** Plain HTTP; Basic authentication with {@link TestRegistry#USERNAME} and {@link TestRegistry#PASSWORD}. */
    PASSWORD("--password"),
    /** HTTPS with a certification authority that nobody trusts yet, and authentication as with {@link #PASSWORD}. */
    TLS("--tls", "--password");

    private final List<String> scriptOptions;

    RegistryKind(String... scriptOptions) {
        this.scriptOptions = List.of(scriptOptions);
    }

    /** The options that make {@code dev/registry} start this kind. */
    List<String> scriptOptions() {
        return scriptOptions;
    }
}

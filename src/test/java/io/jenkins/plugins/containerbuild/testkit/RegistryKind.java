package io.jenkins.plugins.containerbuild.testkit;

import java.util.List;

/** The registries that tests can ask for. */
public enum RegistryKind {
    /** Plain HTTP, open to everybody. */
    PLAIN(),
    /** Plain HTTP; Basic authentication with {@link TestRegistry#USERNAME} and {@link TestRegistry#PASSWORD}. */
    PASSWORD("--password"),
    /** HTTPS with a certification authority that nobody trusts yet, and authentication as with {@link #PASSWORD}. */
    TLS("--tls", "--password"),
    /** As {@link #TLS}, for those alone who show a certificate that its authority signed. */
    CLIENT_CERTIFICATE("--tls", "--client-certificate", "--password");

    private final List<String> scriptOptions;

    RegistryKind(String... scriptOptions) {
        this.scriptOptions = List.of(scriptOptions);
    }

    /** The options that make {@code dev/registry} start this kind. */
    List<String> scriptOptions() {
        return scriptOptions;
    }
}

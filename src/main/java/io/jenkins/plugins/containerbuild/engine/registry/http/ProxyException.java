package io.jenkins.plugins.containerbuild.engine.registry.http;

import io.jenkins.plugins.containerbuild.engine.registry.RegistryProxy;
import java.io.IOException;
import java.net.UnknownHostException;

/** The proxy on the way to a registry is not there, or does not let a request through. */
final class ProxyException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean refusal;

    private ProxyException(String message, boolean refusal, Throwable cause) {
        super(message, cause);
        this.refusal = refusal;
    }

    /** It answered by itself. */
    static ProxyException answered(RegistryProxy proxy, int status) {
        return switch (status) {
            // Some, such as tinyproxy, refuse a wrong login with 401.
            case 401, 407 ->
                new ProxyException(
                        "the proxy " + proxy.uri()
                                + (proxy.credentialsId() == null
                                        ? " wants a login"
                                        : " does not accept the login '" + proxy.credentialsId() + "'"),
                        true,
                        null);
            default ->
                new ProxyException(
                        "the proxy " + proxy.uri() + " does not let it through (status " + status + ")",
                        status < 500,
                        null);
        };
    }

    /** No connection to it came about. */
    static ProxyException unreachable(RegistryProxy proxy, IOException failure) {
        return new ProxyException(
                "the proxy " + proxy.uri() + " cannot be reached ("
                        + (failure instanceof UnknownHostException
                                ? "the name of the host has no address"
                                : "nothing accepts connections there")
                        + ")",
                false,
                failure);
    }

    /** Whether it will say the same to the next request. */
    boolean isRefusal() {
        return refusal;
    }
}

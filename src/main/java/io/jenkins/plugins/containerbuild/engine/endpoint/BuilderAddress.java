package io.jenkins.plugins.containerbuild.engine.endpoint;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a BuildKit daemon of its own ({@code buildkitd}) listens.
 *
 * @param uri {@code unix:///run/buildkit/buildkitd.sock} or {@code tcp://host:port}; without a port it is
 *     {@value #DEFAULT_PORT}, as with BuildKit's own client
 * @param tls certificates for a tcp address, or null to speak without TLS
 */
public record BuilderAddress(String uri, TlsMaterial tls) {

    private static final int DEFAULT_PORT = 1234;

    /** Whether everybody who reaches the port may give the daemon orders, and read what it is sent. */
    public boolean unprotected() {
        return tls == null && uri.trim().startsWith("tcp:");
    }

    /**
     * Reads an address.
     *
     * @return with a port, where it has a host
     * @throws InvalidRequestException when it is none of a builder
     */
    public static URI parse(String uri) throws InvalidRequestException {
        String text = uri == null ? "" : uri.trim();
        URI parsed;
        try {
            parsed = new URI(text);
        } catch (URISyntaxException e) {
            throw unusable(shown(text), "it is not a URI (" + e.getReason() + ")");
        }
        if (parsed.getRawUserInfo() != null) {
            throw unusable(shown(text), "it holds a user or password");
        }
        String path = parsed.getPath() == null ? "" : parsed.getPath();
        switch (parsed.getScheme() == null ? "" : parsed.getScheme()) {
            case "unix" -> {
                if (parsed.getAuthority() != null || path.length() < 2) {
                    throw unusable(shown(text), "it has no absolute path");
                }
                return URI.create("unix://" + parsed.getRawPath());
            }
            case "tcp" -> {
                if (parsed.getHost() == null || path.length() > 1) {
                    throw unusable(shown(text), parsed.getHost() == null ? "it has no host" : "it has a path");
                }
                int port = parsed.getPort() < 0 ? DEFAULT_PORT : parsed.getPort();
                return URI.create("tcp://" + parsed.getHost() + ":" + port);
            }
            default -> throw unusable(shown(text), "its scheme is neither unix nor tcp");
        }
    }

    private static String shown(String text) {
        return text.replaceAll("//[^@/]*@", "//****@");
    }

    private static InvalidRequestException unusable(String address, String why) {
        return new InvalidRequestException(
                "could not use the builder's address '" + address + "'",
                why,
                "Write unix:///run/buildkit/buildkitd.sock or tcp://builder.example:1234");
    }
}

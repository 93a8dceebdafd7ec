package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.github.dockerjava.transport.SSLConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds out where a daemon may be, in the docker CLI's order: the address given, else DOCKER_HOST (with
 * DOCKER_TLS_VERIFY and DOCKER_CERT_PATH), else DOCKER_CONTEXT, else the usual sockets. Contacts nobody.
 */
final class EndpointResolver {

    private static final String DEFAULT_UNIX_SOCKET = "/var/run/docker.sock";

    private final EndpointRequest request;
    private final boolean windows;

    EndpointResolver(EndpointRequest request) {
        this(request, System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows"));
    }

    EndpointResolver(EndpointRequest request, boolean windows) {
        this.request = request;
        this.windows = windows;
    }

    /** Makes a TLS configuration once the host is known. */
    interface TlsFactory {
        SSLConfig forHost(String host) throws EndpointException;
    }

    List<EndpointCandidate> candidates() throws EndpointException {
        if (request.uri() != null && !request.uri().isBlank()) {
            TlsMaterial material = request.tls();
            TlsFactory tls = material == null ? environmentTls() : host -> PemTls.of(material, host);
            return List.of(candidate(request.uri().trim(), "given", tls));
        }
        String host = request.variable("DOCKER_HOST");
        if (host != null) {
            return List.of(candidate(host.trim(), "DOCKER_HOST", environmentTls()));
        }
        String context = request.variable("DOCKER_CONTEXT");
        if (context != null && !context.equals("default")) {
            return List.of(new DockerContexts(request.configuration()).find(context));
        }
        return usualSockets();
    }

    private List<EndpointCandidate> usualSockets() throws EndpointException {
        if (windows) {
            return List.of(candidate("npipe:////./pipe/docker_engine", "the usual named pipe", null));
        }
        List<String> sockets = new ArrayList<>(List.of(DEFAULT_UNIX_SOCKET));
        String runtime = request.variable("XDG_RUNTIME_DIR");
        if (runtime != null) {
            sockets.add(runtime + "/docker.sock");
            sockets.add(runtime + "/podman/podman.sock");
        }
        sockets.add("/run/podman/podman.sock");
        List<EndpointCandidate> candidates = new ArrayList<>();
        for (String socket : sockets) {
            candidates.add(candidate("unix://" + socket, "a usual socket", null));
        }
        return candidates;
    }

    private TlsFactory environmentTls() {
        if (request.variable("DOCKER_TLS_VERIFY") == null) {
            return null;
        }
        String directory = request.variable("DOCKER_CERT_PATH");
        Path certificates = directory == null ? request.configuration() : Path.of(directory);
        return host -> PemTls.ofDirectory(certificates, host);
    }

    static EndpointCandidate candidate(String address, String source, TlsFactory tls) throws EndpointException {
        URI uri = parse(address, source);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        switch (scheme) {
            case "unix", "npipe" -> {
                if (uri.getPath() == null || uri.getPath().isEmpty()) {
                    throw unusable(address, source, "it has no path");
                }
                return new EndpointCandidate(uri, null, source);
            }
            case "tcp", "http", "https" -> {
                return tcp(address, source, uri, tls);
            }
            case "ssh" ->
                throw unusable(
                        address,
                        source,
                        "the engine opens no SSH connections; forward the remote socket to a local one instead"
                                + " (ssh -L /path/docker.sock:/var/run/docker.sock host)");
            default -> throw unusable(address, source, "its scheme is not unix, tcp or npipe");
        }
    }

    private static EndpointCandidate tcp(String address, String source, URI uri, TlsFactory tls)
            throws EndpointException {
        if (uri.getHost() == null) {
            throw unusable(address, source, "it has no host");
        }
        boolean secure = tls != null || uri.getScheme().equals("https");
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 2376 : 2375;
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        URI normal = URI.create("tcp://" + uri.getHost() + ":" + port + path);
        if (!secure) {
            return new EndpointCandidate(normal, null, source);
        }
        TlsFactory factory = tls == null ? host -> PemTls.of(new TlsMaterial(null, null, null), host) : tls;
        return new EndpointCandidate(normal, factory.forHost(uri.getHost() + ":" + port), source);
    }

    private static URI parse(String address, String source) throws EndpointException {
        try {
            URI uri = new URI(address);
            if (uri.getUserInfo() != null && !"ssh".equals(uri.getScheme())) {
                throw unusable(address.replaceAll("//[^@/]*@", "//****@"), source, "it holds a user or password");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw unusable(address, source, "it is not a URI (" + e.getReason() + ")");
        }
    }

    private static EndpointException unusable(String address, String source, String why) {
        return new EndpointException(
                "could not use the Docker address " + address + " (" + source + ")",
                why,
                "Use unix:///var/run/docker.sock, tcp://host:2376 with TLS or npipe:////./pipe/docker_engine");
    }
}

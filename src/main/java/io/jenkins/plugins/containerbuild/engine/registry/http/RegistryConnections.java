package io.jenkins.plugins.containerbuild.engine.registry.http;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryProxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * The connections to one registry, and to what it leads to (its token service, a store of blobs), as its entry wants them:
 * with authorities and a client certificate of its own, by way of a proxy. Only the registry itself is shown the client
 * certificate, and only its own certificate may go unchecked. Thread-safe.
 */
public final class RegistryConnections implements AutoCloseable {

    private enum Peer {
        REGISTRY,
        OTHER,
        ANYBODY
    }

    private final RegistryEntry entry;
    private final RegistryTls tls;
    private final RegistryProxy proxy;
    private final UsernamePasswordCredentials proxyLogin;
    private final Timeout connectLimit;
    private final Timeout answerLimit;
    private final Map<Peer, CloseableHttpClient> clients = new EnumMap<>(Peer.class);
    private boolean closed;

    private RegistryConnections(
            RegistryEntry entry,
            RegistryTls tls,
            UsernamePasswordCredentials proxyLogin,
            Timeout connectLimit,
            Timeout answerLimit) {
        this.entry = entry;
        this.tls = tls;
        this.proxyLogin = proxyLogin;
        this.connectLimit = connectLimit;
        this.answerLimit = answerLimit;
        proxy = entry.transport().proxy();
    }

    /**
     * None yet; close them.
     *
     * @param credentials asked for the client certificate and the proxy's login, here and now
     * @param connectLimit how long a connection may take to come about
     * @param answerLimit how long the other side may be silent
     * @throws EngineException when certificate or login cannot be had
     */
    public static RegistryConnections to(
            RegistryEntry entry, CredentialsSource credentials, Timeout connectLimit, Timeout answerLimit)
            throws EngineException {
        RegistryCredentials login = entry.transport().proxy() == null
                ? null
                : credentials.proxyCredentialsFor(entry).orElse(null);
        return new RegistryConnections(
                entry,
                new RegistryTls(entry, credentials.clientCertificateFor(entry).orElse(null)),
                login == null
                        ? null
                        : new UsernamePasswordCredentials(
                                login.username(), login.secret().reveal().toCharArray()),
                connectLimit,
                answerLimit);
    }

    /**
     * Sends one request; close the answer.
     *
     * @throws IOException when no answer came; {@link TransportTrouble} reads it
     * @throws EngineException when the entry's certificates cannot be used
     */
    public ClassicHttpResponse open(HttpUriRequestBase request) throws IOException, EngineException {
        return send(request, isOurs(request) ? Peer.REGISTRY : Peer.OTHER);
    }

    /** The same whatever the other side's certificate is, to see whether and how something answers. */
    public ClassicHttpResponse openUnchecked(HttpUriRequestBase request) throws IOException, EngineException {
        return send(request, Peer.ANYBODY);
    }

    private boolean isOurs(HttpUriRequestBase request) throws IOException {
        try {
            return entry.isAt(request.getUri());
        } catch (URISyntaxException e) {
            throw new IOException("its address cannot be used", e);
        }
    }

    private ClassicHttpResponse send(HttpUriRequestBase request, Peer peer) throws IOException, EngineException {
        HttpHost target = new HttpHost(request.getScheme(), request.getAuthority());
        HttpClientContext context = HttpClientContext.create();
        if (proxyLogin != null) {
            BasicScheme scheme = new BasicScheme();
            scheme.initPreemptive(proxyLogin);
            context.resetAuthExchange(host(proxy), scheme);
        }
        try {
            ClassicHttpResponse response = client(peer).executeOpen(target, request, context);
            if (proxy != null && isOfProxy(response, target, context)) {
                request.cancel();
                throw ProxyException.answered(proxy, response.getCode());
            }
            return response;
        } catch (ConnectException | UnknownHostException | NoRouteToHostException | ConnectTimeoutException e) {
            throw proxy == null ? e : ProxyException.unreachable(proxy, e);
        } catch (IOException e) {
            throw peer == Peer.REGISTRY && tls.lacksCertificate() ? new ClientCertificateException(e) : e;
        }
    }

    /** Whether it is the proxy's own: it wants a login, or there is no TLS behind it although there has to be. */
    private static boolean isOfProxy(ClassicHttpResponse response, HttpHost target, HttpClientContext context) {
        return response.getCode() == 407
                || "https".equalsIgnoreCase(target.getSchemeName()) && context.getSSLSession() == null;
    }

    private static HttpHost host(RegistryProxy proxy) {
        return new HttpHost("http", proxy.host(), proxy.port());
    }

    private synchronized CloseableHttpClient client(Peer peer) throws IOException, EngineException {
        if (closed) {
            throw new IOException("the connections to the registry have been closed");
        }
        CloseableHttpClient client = clients.get(peer);
        if (client == null) {
            boolean checked = peer == Peer.OTHER || peer == Peer.REGISTRY && !entry.skipTlsVerify();
            client = PlainHttpClient.with(
                    context(peer),
                    checked ? HttpsSupport.getDefaultHostnameVerifier() : NoopHostnameVerifier.INSTANCE,
                    proxy == null ? null : host(proxy),
                    connectLimit,
                    answerLimit);
            clients.put(peer, client);
        }
        return client;
    }

    private SSLContext context(Peer peer) throws EngineException {
        return switch (peer) {
            case REGISTRY -> tls.forRegistry();
            case OTHER -> tls.forOthers();
            case ANYBODY -> AnyCertificate.context();
        };
    }

    /** Cuts every connection at once, also under a thread that is waiting for an answer, and allows no other. */
    @Override
    public synchronized void close() {
        closed = true;
        clients.values().forEach(client -> client.close(CloseMode.IMMEDIATE));
    }
}

package io.jenkins.plugins.containerbuild.engine.registry.http;

import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/**
 * Apache's HTTP client with all the cleverness left out: it follows no redirect, keeps no cookie, asks no proxy that it was not told of,
 * logs in nowhere, unpacks nothing, tries nothing twice and reads headers only up to a size, since the other side may be anything.
 */
final class PlainHttpClient {

    private static final int HEADER_LINE_LIMIT = 16 * 1024;
    private static final int HEADER_COUNT_LIMIT = 100;

    private PlainHttpClient() {}

    /**
     * A new client; close it.
     *
     * @param tls whose certificates are taken
     * @param hostnames whether a certificate is the host's
     * @param proxy by way of which everything goes, or null for none
     * @param connectLimit how long a connection may take to come about
     * @param answerLimit how long the other side may be silent
     */
    static CloseableHttpClient with(
            SSLContext tls, HostnameVerifier hostnames, HttpHost proxy, Timeout connectLimit, Timeout answerLimit) {
        return HttpClientBuilder.create()
                .setProxy(proxy)
                .setConnectionReuseStrategy(reuse(proxy))
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(
                                new DefaultClientTlsStrategy(tls, HostnameVerificationPolicy.CLIENT, hostnames))
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxLineLength(HEADER_LINE_LIMIT)
                                        .setMaxHeaderCount(HEADER_COUNT_LIMIT)
                                        .build())
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connectLimit)
                                .setSocketTimeout(answerLimit)
                                .build())
                        .setDefaultTlsConfig(TlsConfig.custom()
                                .setHandshakeTimeout(answerLimit)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setAuthenticationEnabled(false)
                        .setConnectionRequestTimeout(connectLimit)
                        .setResponseTimeout(answerLimit)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("container-build")
                .build();
    }

    /** Proxies may end a connection after each request and not say so; a tunnel through one is the two ends' own. */
    private static ConnectionReuseStrategy reuse(HttpHost proxy) {
        ConnectionReuseStrategy usual = DefaultClientConnectionReuseStrategy.INSTANCE;
        return proxy == null
                ? usual
                : (request, response, context) ->
                        "https".equalsIgnoreCase(request.getScheme()) && usual.keepAlive(request, response, context);
    }
}

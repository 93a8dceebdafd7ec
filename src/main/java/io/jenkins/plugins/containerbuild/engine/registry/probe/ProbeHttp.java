package io.jenkins.plugins.containerbuild.engine.registry.probe;

import io.jenkins.plugins.containerbuild.engine.registry.http.AnyCertificate;
import io.jenkins.plugins.containerbuild.engine.registry.http.PlainHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.io.entity.HttpEntities;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * One request, one bounded answer. It follows no redirect, keeps no cookie, asks no proxy, tries nothing twice and
 * reads no more of an answer than it needs, since the other side may be anything.
 */
final class ProbeHttp implements AutoCloseable {

    private static final Timeout CONNECT_LIMIT = Timeout.ofSeconds(5);
    private static final Timeout ANSWER_LIMIT = Timeout.ofSeconds(10);
    private static final int BODY_LIMIT = 64 * 1024;

    private final CloseableHttpClient client;
    private final CloseableHttpClient trusting = client(AnyCertificate.context(), NoopHostnameVerifier.INSTANCE);

    /**
     * @param authorities whose certificates are taken, or null to take any certificate for any host
     */
    ProbeHttp(SSLContext authorities) {
        client = authorities == null ? trusting : client(authorities, HttpsSupport.getDefaultHostnameVerifier());
    }

    private static CloseableHttpClient client(SSLContext tls, HostnameVerifier hostnames) {
        return PlainHttpClient.with(tls, hostnames, CONNECT_LIMIT, ANSWER_LIMIT);
    }

    /**
     * @param authorization the Authorization header, or null for none
     */
    Answer get(URI uri, String authorization) throws IOException {
        HttpGet request = new HttpGet(uri);
        if (authorization != null) {
            request.setHeader(HttpHeaders.AUTHORIZATION, authorization);
        }
        return send(client, request);
    }

    /** The same without a login and whatever the certificate is, to see whether and how something answers. */
    Answer getFromAnybody(URI uri) throws IOException {
        return send(trusting, new HttpGet(uri));
    }

    Answer post(URI uri, List<NameValuePair> form) throws IOException {
        HttpPost request = new HttpPost(uri);
        request.setEntity(HttpEntities.createUrlEncoded(form, StandardCharsets.UTF_8));
        return send(client, request);
    }

    private static Answer send(CloseableHttpClient client, HttpUriRequestBase request) throws IOException {
        request.setHeader(HttpHeaders.ACCEPT, "application/json");
        HttpHost target = new HttpHost(request.getScheme(), request.getAuthority());
        try {
            ClassicHttpResponse response = client.executeOpen(target, request, null);
            return new Answer(
                    response.getCode(),
                    header(response, HttpHeaders.CONTENT_TYPE),
                    Arrays.stream(response.getHeaders(HttpHeaders.WWW_AUTHENTICATE))
                            .map(Header::getValue)
                            .toList(),
                    header(response, "Docker-Distribution-Api-Version"),
                    header(response, HttpHeaders.LOCATION),
                    header(response, HttpHeaders.RETRY_AFTER),
                    beginning(response));
        } finally {
            // Drops the connection. Closing the response would first read to the end of a body that may have none.
            request.cancel();
        }
    }

    private static String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null ? "" : header.getValue();
    }

    private static String beginning(ClassicHttpResponse response) throws IOException {
        if (response.getEntity() == null) {
            return "";
        }
        InputStream body = response.getEntity().getContent();
        return new String(body.readNBytes(BODY_LIMIT), StandardCharsets.UTF_8);
    }

    /** Cuts every connection at once, also under a thread that is waiting for an answer, and allows no other. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        trusting.close(CloseMode.IMMEDIATE);
    }
}

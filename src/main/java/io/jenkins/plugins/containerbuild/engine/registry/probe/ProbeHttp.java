package io.jenkins.plugins.containerbuild.engine.registry.probe;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.http.RegistryConnections;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.io.entity.HttpEntities;
import org.apache.hc.core5.util.Timeout;

/**
 * One request, one bounded answer. It follows no redirect, keeps no cookie, tries nothing twice and
 * reads no more of an answer than it needs, since the other side may be anything.
 */
final class ProbeHttp implements AutoCloseable {

    private static final Timeout CONNECT_LIMIT = Timeout.ofSeconds(5);
    private static final Timeout ANSWER_LIMIT = Timeout.ofSeconds(10);
    private static final int BODY_LIMIT = 64 * 1024;

    private final RegistryConnections connections;

    /**
     * @param entry the registry that is tried out
     * @param credentials asked for its client certificate and the login of its proxy
     */
    ProbeHttp(RegistryEntry entry, CredentialsSource credentials) throws EngineException {
        connections = RegistryConnections.to(entry, credentials, CONNECT_LIMIT, ANSWER_LIMIT);
    }

    /**
     * @param authorization the Authorization header, or null for none
     */
    Answer get(URI uri, String authorization) throws IOException, EngineException {
        HttpGet request = new HttpGet(uri);
        request.setHeader(HttpHeaders.ACCEPT, "application/json");
        if (authorization != null) {
            request.setHeader(HttpHeaders.AUTHORIZATION, authorization);
        }
        return read(request, connections.open(request));
    }

    /** The same without a login and whatever the certificate is, to see whether and how something answers. */
    Answer getFromAnybody(URI uri) throws IOException, EngineException {
        HttpGet request = new HttpGet(uri);
        request.setHeader(HttpHeaders.ACCEPT, "application/json");
        return read(request, connections.openUnchecked(request));
    }

    Answer post(URI uri, List<NameValuePair> form) throws IOException, EngineException {
        HttpPost request = new HttpPost(uri);
        request.setHeader(HttpHeaders.ACCEPT, "application/json");
        request.setEntity(HttpEntities.createUrlEncoded(form, StandardCharsets.UTF_8));
        return read(request, connections.open(request));
    }

    private static Answer read(HttpUriRequestBase request, ClassicHttpResponse response) throws IOException {
        try {
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
        connections.close();
    }
}

package io.jenkins.plugins.containerbuild.engine.endpoint;

import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A POST to the daemon whose answer is a stream of JSON objects. Collects path, query, headers and body; parameters with
 * null or empty values are left out.
 */
public final class DaemonRequest {

    private final String path;
    private final List<String> query = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private InputStream body;

    private DaemonRequest(String path) {
        this.path = path;
    }

    /** A POST to a path below the API version, beginning with a slash and already encoded. */
    public static DaemonRequest post(String path) {
        return new DaemonRequest(path);
    }

    /** Percent-encodes one path segment or query value. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Adds a query parameter, once per call. */
    public DaemonRequest query(String name, String value) {
        if (value != null && !value.isEmpty()) {
            query.add(name + '=' + encode(value));
        }
        return this;
    }

    /** Adds a header. */
    public DaemonRequest header(String name, String value) {
        if (value != null) {
            headers.put(name, value);
        }
        return this;
    }

    /** Sets the body, which the call reads but does not close. */
    public DaemonRequest body(InputStream stream) {
        body = stream;
        return this;
    }

    String pathAndQuery() {
        return query.isEmpty() ? path : path + '?' + String.join("&", query);
    }

    Map<String, String> headers() {
        return headers;
    }

    InputStream body() {
        return body;
    }
}

package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A call to the daemon that is more than one of docker-java's typed ones. Collects path, query, headers and body; parameters
 * with null or empty values are left out.
 */
public final class DaemonRequest {

    private static final String GET = "GET";
    private static final String HEAD = "HEAD";

    private final String method;
    private final String path;
    private final List<String> query = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private InputStream body;
    private String version;

    private DaemonRequest(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** A POST to a path below the API version, beginning with a slash and already encoded. */
    public static DaemonRequest post(String path) {
        return new DaemonRequest("POST", path);
    }

    /** A GET of a path below the API version. */
    public static DaemonRequest get(String path) {
        return new DaemonRequest(GET, path);
    }

    /** A HEAD of a path below the API version. */
    public static DaemonRequest head(String path) {
        return new DaemonRequest(HEAD, path);
    }

    /** A PUT to a path below the API version. */
    public static DaemonRequest put(String path) {
        return new DaemonRequest("PUT", path);
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

    /** Speaks this version of the API, for what is newer than docker-java; only where the daemon knows it. */
    public DaemonRequest version(String apiVersion) {
        version = apiVersion;
        return this;
    }

    /** The request for docker-java's transport. */
    Request toRequest(String apiVersion) {
        Request.Builder request = Request.builder()
                .method(method)
                .path("/v" + (version == null ? apiVersion : version)
                        + (query.isEmpty() ? path : path + '?' + String.join("&", query)))
                .putAllHeaders(headers);
        if (body != null) {
            request.body(body);
        } else if (!method.equals(GET) && !method.equals(HEAD)) {
            request.bodyBytes(new byte[0]);
        }
        return request.build();
    }
}

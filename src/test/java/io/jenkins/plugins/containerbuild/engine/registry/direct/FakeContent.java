package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.http.FakeRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a fake registry has, by path; it lists referrers itself, as registries of today do and the kit's does not. */
final class FakeContent {

    private static final String CONFIG = "{\"os\":\"linux\",\"architecture\":\"riscv64\"}";

    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final Map<String, String> links = new ConcurrentHashMap<>();

    static Digest digest(String text) {
        return ContentHash.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static String descriptor(String type, String content) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest(content) + "\",\"size\":" + content.length()
                + "}";
    }

    /** @param more further fields, each with a comma in front */
    static String image(String more) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                + descriptor("application/vnd.oci.image.config.v1+json", CONFIG) + ",\"layers\":[]" + more + "}";
    }

    static String index(String... entries) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":["
                + String.join(",", entries) + "]}";
    }

    /** A manifest under a tag and its digest, and the configuration of all images. */
    FakeContent has(String repository, String tag, String manifest) {
        documents.put("/v2/" + repository + "/manifests/" + tag, manifest);
        documents.put("/v2/" + repository + "/manifests/" + digest(manifest), manifest);
        documents.put("/v2/" + repository + "/blobs/" + digest(CONFIG), CONFIG);
        return this;
    }

    /** Any document. */
    FakeContent at(String path, String document) {
        documents.put(path, document);
        return this;
    }

    /** Where a list goes on. */
    FakeContent goesOn(String path, String address) {
        links.put(path, address);
        return this;
    }

    String get(String path) {
        return documents.get(path);
    }

    /** Serves the documents, and takes everything that is pushed. */
    void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("PUT") && path.contains("/manifests/")) {
            documents.put(path, body);
            String subject = body.contains("\"subject\"") ? digest(body).toString() : null;
            FakeRegistry.send(exchange, 201, subject == null ? Map.of() : Map.of("OCI-Subject", subject), "");
        } else if (exchange.getRequestMethod().equals("POST")) {
            FakeRegistry.send(exchange, 201, Map.of(), "");
        } else if (documents.containsKey(path)) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            Map<String, String> headers = new HashMap<>();
            if (links.containsKey(path)) {
                headers.put("Link", "<" + links.get(path) + ">; rel=\"next\"");
            }
            FakeRegistry.send(exchange, 200, headers, head ? "" : documents.get(path));
        } else {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            FakeRegistry.send(exchange, 404, Map.of(), head ? "" : "{\"errors\":[{\"message\":\"not here\"}]}");
        }
    }
}

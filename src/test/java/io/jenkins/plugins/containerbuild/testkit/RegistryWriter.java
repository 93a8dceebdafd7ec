package io.jenkins.plugins.containerbuild.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Puts content into a registry over plain HTTP, by nothing but the JDK's client, as {@link RegistryReader} reads it. */
final class RegistryWriter {

    private final URI base;
    private final HttpClient client = HttpClient.newHttpClient();

    RegistryWriter(String address) {
        base = URI.create("http://" + address + "/v2/");
    }

    static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String blob(String repository, byte[] content) {
        String digest = digest(content);
        HttpResponse<String> begun =
                send("POST", base.resolve(repository + "/blobs/uploads/"), BodyPublishers.noBody());
        URI place = base.resolve(begun.headers().firstValue("Location").orElseThrow());
        send(
                "PUT",
                URI.create(place + (place.getQuery() == null ? "?" : "&") + "digest=" + digest),
                BodyPublishers.ofByteArray(content),
                "Content-Type",
                "application/octet-stream");
        return digest;
    }

    String manifest(String repository, String reference, String mediaType, String json) {
        byte[] content = json.getBytes(StandardCharsets.UTF_8);
        String digest = digest(content);
        send(
                "PUT",
                base.resolve(repository + "/manifests/" + (reference == null ? digest : reference)),
                BodyPublishers.ofByteArray(content),
                "Content-Type",
                mediaType);
        return digest;
    }

    private HttpResponse<String> send(String method, URI address, BodyPublisher body, String... headers) {
        String account = TestRegistry.USERNAME + ":" + TestRegistry.PASSWORD;
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(method, body)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(answer + ": " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("the registry at " + base + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing to " + base, e);
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure.Kind;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.Blob;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;
import io.jenkins.plugins.containerbuild.engine.registry.http.Excerpt;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpPatch;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;

/**
 * One repository of a registry, by the OCI distribution specification. What a registry sends is believed when its digest
 * is right, and read up to a size. Each call is one try.
 */
final class Repository {

    /** What registries themselves take at most. */
    private static final int LARGEST_MANIFEST = 4 << 20;

    private static final String DIGEST = "Docker-Content-Digest";

    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");

    /** The end of what has arrived; no longer than any blob is. */
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-(\\d{1,15})");

    private static final String ANYTHING = "application/octet-stream, */*";

    private final Session session;
    private final String path;

    Repository(Session session, String path) {
        this.session = session;
        this.path = path;
    }

    Session session() {
        return session;
    }

    String path() {
        return path;
    }

    /** Registry and path, for messages. */
    String name() {
        return session.entry().address() + "/" + path;
    }

    /** Whether both are one and the same. */
    boolean isSame(Repository other) {
        return path.equals(other.path) && isBeside(other);
    }

    /** Whether both are in one registry. */
    boolean isBeside(Repository other) {
        return session.entry().address().equals(other.session.entry().address());
    }

    private URI address(String kind, String rest) {
        return session.resolve(path + '/' + kind + '/' + rest);
    }

    /**
     * Reads a manifest or an index.
     *
     * @param expected its digest, or null when it is asked for by a tag
     * @throws MalformedException when it is something else
     */
    Manifest manifest(String reference, Digest expected) throws SessionFailure, EngineException, MalformedException {
        try (Reply reply = session.follow(address("manifests", reference), MediaTypes.ACCEPT)) {
            requireOk(reply);
            return manifest(reply, expected);
        }
    }

    /** The same by a tag that there may be. */
    Optional<Manifest> find(String tag) throws SessionFailure, EngineException, MalformedException {
        try (Reply reply = session.follow(address("manifests", tag), MediaTypes.ACCEPT)) {
            if (reply.status() == 404) {
                return Optional.empty();
            }
            requireOk(reply);
            return Optional.of(manifest(reply, null));
        }
    }

    private Manifest manifest(Reply reply, Digest expected) throws SessionFailure, MalformedException {
        byte[] bytes = read(reply);
        Digest digest = expected == null ? ContentHash.of(bytes) : expected;
        String told = reply.header(DIGEST);
        boolean otherwise = expected == null && told.startsWith("sha256:") && !told.equals(digest.toString());
        if (otherwise || !ContentHash.matches(digest, bytes)) {
            throw corrupt("what it sent as the manifest has the digest " + ContentHash.of(bytes) + ", not "
                    + (otherwise ? told : digest) + " as it should");
        }
        return Manifest.read(bytes, reply.header(HttpHeaders.CONTENT_TYPE), digest);
    }

    /** Reads a small blob, such as a configuration. */
    byte[] small(Blob blob) throws SessionFailure, EngineException {
        try (Reply reply = session.follow(address("blobs", blob.digest().toString()), ANYTHING)) {
            requireOk(reply);
            byte[] bytes = read(reply);
            if (!ContentHash.matches(blob.digest(), bytes)) {
                throw corrupt("what it sent as " + blob.digest() + " has the digest " + ContentHash.of(bytes));
            }
            return bytes;
        }
    }

    /**
     * What refers to something, as the registry lists it.
     *
     * @return nothing when the registry has no such lists
     */
    Optional<List<JsonNode>> referrers(Digest subject) throws SessionFailure, EngineException {
        return new PagedList(session).find(address("referrers", subject.toString()), MediaTypes.OCI_INDEX);
    }

    /** All tags, in the alphabet's order: not every registry has one. */
    List<String> tags() throws SessionFailure, EngineException {
        Set<String> tags = new TreeSet<>();
        for (JsonNode page :
                new PagedList(session).read(session.resolve(path + "/tags/list?n=1000"), "application/json")) {
            for (JsonNode tag : page.path("tags")) {
                tags.add(checkedTag(tag.asText()));
            }
        }
        return List.copyOf(tags);
    }

    private String checkedTag(String tag) throws SessionFailure {
        if (!TAG.matcher(tag).matches()) {
            throw session.failed(
                    Kind.NOT_A_REGISTRY, "its list of tags has something that is no tag: " + Excerpt.of(tag));
        }
        return tag;
    }

    /** Whether a tag leads to this very manifest or index, as the registry says. */
    boolean isTagOf(Digest digest, String tag) throws SessionFailure, EngineException {
        try (Reply reply = head(tag)) {
            return reply.header(DIGEST).equals(digest.toString());
        }
    }

    /** The digest of what a tag leads to, as the registry says; nothing when it says nothing. */
    Optional<Digest> digest(String tag) throws SessionFailure, EngineException {
        try (Reply reply = head(tag)) {
            requireOk(reply);
            return Optional.of(Digest.parse(reply.header(DIGEST)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Reply head(String tag) throws SessionFailure, EngineException {
        return session.send(() -> {
            HttpHead request = new HttpHead(address("manifests", tag));
            request.setHeader(HttpHeaders.ACCEPT, MediaTypes.ACCEPT);
            return request;
        });
    }

    /**
     * Deletes a manifest or an index, and so every tag that leads to it.
     *
     * @param action for messages: "delete registry.example/app:1"
     * @throws EngineException when the registry does not delete, or the account must not
     */
    void delete(Digest digest, String action) throws SessionFailure, EngineException {
        try (Reply reply = session.send(() -> new HttpDelete(address("manifests", digest.toString())))) {
            if (reply.status() >= 200 && reply.status() < 300) {
                return;
            }
            RegistryFailure failure = reply.failure();
            String registry = "the registry " + session.entry().address();
            if (reply.status() == 405) {
                throw new RegistryException(
                        "could not " + action,
                        registry + " does not delete images (" + failure.getMessage() + ")",
                        "Allow it there (the distribution project's registry: REGISTRY_STORAGE_DELETE_ENABLED=true), or use"
                                + " the registry's own rules for cleaning up",
                        failure);
            }
            if (failure.kind() == Kind.DENIED) {
                throw new RegistryException(
                        "could not " + action,
                        registry + " answered: " + failure.getMessage(),
                        "Give the account the right to delete in this repository, or use other credentials",
                        failure);
            }
            throw session.failed(failure);
        }
    }

    private byte[] read(Reply reply) throws SessionFailure {
        try {
            return reply.bytes(LARGEST_MANIFEST)
                    .orElseThrow(() -> corrupt(
                            "what it sent is larger than " + LARGEST_MANIFEST + " bytes, which no manifest is"));
        } catch (IOException e) {
            throw session.lost(e);
        }
    }

    /** Opens a blob for reading; close it. */
    Reply open(Blob blob) throws SessionFailure, EngineException {
        Reply reply = session.follow(address("blobs", blob.digest().toString()), ANYTHING);
        if (reply.status() != 200) {
            RegistryFailure failure = reply.failure();
            reply.close();
            throw session.failed(failure);
        }
        return reply;
    }

    boolean hasManifest(Digest digest) throws SessionFailure, EngineException {
        return isThere(address("manifests", digest.toString()), MediaTypes.ACCEPT);
    }

    boolean hasBlob(Digest digest) throws SessionFailure, EngineException {
        return isThere(address("blobs", digest.toString()), ANYTHING);
    }

    private boolean isThere(URI address, String accept) throws SessionFailure, EngineException {
        try (Reply reply = session.send(() -> {
            HttpHead request = new HttpHead(address);
            request.setHeader(HttpHeaders.ACCEPT, accept);
            return request;
        })) {
            // A redirect is where the content is kept.
            if (reply.status() == 200 || reply.isRedirect()) {
                return true;
            }
            if (reply.status() == 404) {
                return false;
            }
            throw session.failed(reply.failure());
        }
    }

    /**
     * Asks for the blob of a neighbour to be taken over, and for a place to upload it to otherwise.
     *
     * @param neighbour a repository of the same registry that has it, or null
     * @return where to upload it to; null when it is there
     */
    URI begin(Blob blob, Repository neighbour) throws SessionFailure, EngineException {
        String mount = neighbour == null
                ? ""
                : "?mount=" + encoded(blob.digest().toString()) + "&from=" + encoded(neighbour.path);
        URI address = address("blobs", "uploads/" + mount);
        try (Reply reply = session.send(() -> with(new HttpPost(address), new ByteArrayEntity(new byte[0], null)))) {
            if (reply.status() == 201) {
                return null;
            }
            if (reply.status() != 202) {
                throw session.failed(reply.failure());
            }
            return session.location(address, reply);
        }
    }

    /** Whether a blob of a neighbour is here once the registry was asked to take it over; it may refuse for any reason. */
    boolean takesOver(Blob blob, Repository neighbour) throws SessionFailure, EngineException {
        try {
            return begin(blob, neighbour) == null;
        } catch (SessionFailure e) {
            if (e.failure().kind().isPassing()) {
                throw e;
            }
            return false;
        }
    }

    /** Uploads a blob as it is read. */
    void upload(URI place, Blob blob, BlobStream content) throws SessionFailure, EngineException {
        HttpEntity body = new InputStreamEntity(content, blob.size(), ContentType.APPLICATION_OCTET_STREAM);
        try (Reply reply = session.send(() -> with(new HttpPut(whole(place, blob)), body))) {
            if (reply.status() == 400 && content.isIntact()) {
                throw session.failed(
                        Kind.CONNECTION,
                        "something else arrived than was sent: "
                                + reply.failure().getMessage());
            }
            requireCreated(reply);
        }
    }

    /**
     * How far an upload is.
     *
     * @param place where it goes on
     * @param bytes how many of the blob have arrived
     */
    record Position(URI place, long bytes) {}

    /** How far an upload is that broke off; nothing when the registry has given it up, or does not tell. */
    Optional<Position> position(URI place, Blob blob) throws SessionFailure, EngineException {
        try (Reply reply = session.send(() -> new HttpGet(place))) {
            if (reply.failure().kind().isPassing()) {
                throw session.failed(reply.failure());
            }
            Matcher range = RANGE.matcher(reply.header(HttpHeaders.RANGE));
            if (reply.status() != 204 || !range.matches()) {
                return Optional.empty();
            }
            // A registry that has got nothing says 0-0, as one that has got one byte; that byte can be sent again.
            long bytes = range.group(1).equals("0") ? 0 : Long.parseLong(range.group(1)) + 1;
            return bytes > blob.size() ? Optional.empty() : Optional.of(new Position(next(place, reply), bytes));
        }
    }

    /**
     * Sends the rest of a blob.
     *
     * @param from how many bytes have arrived before
     * @return where the upload ends
     */
    URI append(URI place, long from, Blob blob, BlobStream content) throws SessionFailure, EngineException {
        HttpEntity body = new InputStreamEntity(content, blob.size() - from, ContentType.APPLICATION_OCTET_STREAM);
        try (Reply reply = session.send(() -> {
            HttpPatch request = new HttpPatch(place);
            request.setHeader(HttpHeaders.CONTENT_RANGE, from + "-" + (blob.size() - 1));
            request.setEntity(body);
            return request;
        })) {
            if (reply.status() != 202) {
                throw session.failed(reply.failure());
            }
            return next(place, reply);
        }
    }

    /** Ends an upload all of which has arrived. */
    void complete(URI place, Blob blob) throws SessionFailure, EngineException {
        try (Reply reply =
                session.send(() -> with(new HttpPut(whole(place, blob)), new ByteArrayEntity(new byte[0], null)))) {
            requireCreated(reply);
        }
    }

    private URI next(URI place, Reply reply) throws SessionFailure {
        return reply.header(HttpHeaders.LOCATION).isEmpty() ? place : session.location(place, reply);
    }

    private static URI whole(URI place, Blob blob) {
        String separator = place.getRawQuery() == null ? "?" : "&";
        return URI.create(place + separator + "digest=" + encoded(blob.digest().toString()));
    }

    /**
     * Writes a manifest or an index.
     *
     * @param reference a tag, or the digest of the bytes
     * @return whether the registry lists it among the referrers of what it refers to; false when it refers to nothing
     */
    boolean put(String reference, String mediaType, byte[] bytes) throws SessionFailure, EngineException {
        HttpEntity body = new ByteArrayEntity(bytes, ContentType.create(mediaType));
        try (Reply reply = session.send(() -> with(new HttpPut(address("manifests", reference)), body))) {
            requireCreated(reply);
            return !reply.header("OCI-Subject").isEmpty();
        }
    }

    private static HttpUriRequestBase with(HttpUriRequestBase request, HttpEntity body) {
        request.setEntity(body);
        return request;
    }

    private void requireOk(Reply reply) throws SessionFailure {
        if (reply.status() != 200) {
            throw session.failed(reply.failure());
        }
    }

    private void requireCreated(Reply reply) throws SessionFailure {
        if (reply.status() != 201 && reply.status() != 204) {
            throw session.failed(reply.failure());
        }
    }

    /** Something that is wrong however often it is asked for. */
    SessionFailure corrupt(String why) {
        return session.failed(Kind.OTHER, why);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

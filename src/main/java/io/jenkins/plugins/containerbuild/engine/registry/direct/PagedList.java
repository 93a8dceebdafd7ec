package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure.Kind;
import io.jenkins.plugins.containerbuild.engine.registry.http.Excerpt;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a list that a registry tells page by page, each of which names the next one. Pages are of this registry, not more than
 * anybody needs, and none comes twice.
 */
final class PagedList {

    private static final Pattern NEXT = Pattern.compile("<([^<>]*)>\\s*;[^<>]*\\brel=\"?next\\b");

    /** No address is longer, and a text of any length would keep the pattern busy. */
    private static final int LONGEST_LINK = 8 * 1024;

    private static final int MOST_PAGES = 1000;
    private static final int MOST_BYTES = 8 << 20;

    private final Session session;

    PagedList(Session session) {
        this.session = session;
    }

    /** The documents, one for each page. */
    List<JsonNode> read(URI first, String accept) throws SessionFailure, EngineException {
        return read(first, accept, false).orElseThrow();
    }

    /** The same of a list that not every registry has. */
    Optional<List<JsonNode>> find(URI first, String accept) throws SessionFailure, EngineException {
        return read(first, accept, true);
    }

    private Optional<List<JsonNode>> read(URI first, String accept, boolean mayBeMissing)
            throws SessionFailure, EngineException {
        List<JsonNode> pages = new ArrayList<>();
        Set<URI> seen = new HashSet<>();
        int left = MOST_BYTES;
        URI next = first;
        while (next != null) {
            if (!seen.add(next) || seen.size() > MOST_PAGES) {
                throw session.failed(Kind.OTHER, "its list at " + shown(first) + " has no end");
            }
            try (Reply reply = session.follow(next, accept)) {
                if (mayBeMissing && pages.isEmpty() && isUnknown(reply.status())) {
                    return Optional.empty();
                }
                byte[] bytes = bytes(reply, left, first);
                left -= bytes.length;
                pages.add(document(bytes, first));
                next = next(next, reply);
            }
        }
        return Optional.of(pages);
    }

    /** How registries answer to a part of the specification that is younger than they are. */
    private static boolean isUnknown(int status) {
        return status == 404 || status == 405 || status == 400;
    }

    private byte[] bytes(Reply reply, int limit, URI first) throws SessionFailure {
        if (reply.status() != 200) {
            throw session.failed(reply.failure());
        }
        try {
            return reply.bytes(limit)
                    .orElseThrow(() -> session.failed(
                            Kind.OTHER, "its list at " + shown(first) + " is longer than " + MOST_BYTES + " bytes"));
        } catch (IOException e) {
            throw session.lost(e);
        }
    }

    private JsonNode document(byte[] bytes, URI first) throws SessionFailure {
        try {
            return Json.MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw session.failed(Kind.NOT_A_REGISTRY, "its list at " + shown(first) + " is no JSON that can be read");
        } catch (IOException e) {
            throw session.lost(e);
        }
    }

    private URI next(URI current, Reply reply) throws SessionFailure {
        String link = reply.header("Link");
        if (link.length() > LONGEST_LINK) {
            throw session.failed(Kind.NOT_A_REGISTRY, "its list goes on at an address that cannot be used");
        }
        Matcher matcher = NEXT.matcher(link);
        if (!matcher.find()) {
            return null;
        }
        try {
            URI next = current.resolve(new URI(matcher.group(1))).parseServerAuthority();
            if (next.getHost() == null) {
                throw session.failed(Kind.NOT_A_REGISTRY, "its list goes on at an address that cannot be used");
            }
            if (!session.entry().isAt(next)) {
                throw session.failed(
                        Kind.NOT_A_REGISTRY,
                        "its list goes on elsewhere, at " + Excerpt.of(next.toString())
                                + ", which is not asked; a proxy in front of it may not tell it its own address");
            }
            return next;
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw session.failed(Kind.NOT_A_REGISTRY, "its list goes on at an address that cannot be used");
        }
    }

    private static String shown(URI address) {
        return Excerpt.of(address.getPath());
    }
}

package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.registry.PullQuota;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure.Kind;
import io.jenkins.plugins.containerbuild.engine.registry.http.TransportTrouble;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * Requests to one registry with the rights for one repository. The first one goes out without a login: credentials are
 * asked for when the registry wants one, and sent to nobody but it and its token service.
 */
final class Session {

    private static final int MOST_REDIRECTS = 5;

    private final RegistryHttp http;
    private final RegistryEntry entry;
    private final SessionLogin login;
    private final URI api;
    private volatile PullQuota quota;

    /**
     * @param entry the registry, its flags as they turned out to be
     * @param login asked when the registry wants one
     */
    Session(RegistryHttp http, RegistryEntry entry, SessionLogin login) {
        this.http = http;
        this.entry = entry;
        this.login = login;
        api = entry.api();
    }

    RegistryEntry entry() {
        return entry;
    }

    /** The account that was last logged in, for messages; null without a login. */
    String account() {
        return login.account();
    }

    /** Has the next request that needs a login ask for the credentials anew. */
    void forgetLogin() {
        login.forget();
    }

    /** What the registry told last of how often images may still be pulled; nothing when it does not tell. */
    Optional<PullQuota> quota() {
        return Optional.ofNullable(quota);
    }

    /** An address of the registry's API. */
    URI resolve(String path) {
        return api.resolve(path);
    }

    /** An address that the registry answered with, as it is: it may lead elsewhere. */
    URI location(URI request, Reply reply) throws SessionFailure {
        String text = reply.header(HttpHeaders.LOCATION);
        try {
            URI location = request.resolve(new URI(text)).parseServerAuthority();
            boolean plain = "http".equalsIgnoreCase(location.getScheme());
            if (location.getHost() == null || !plain && !"https".equalsIgnoreCase(location.getScheme())) {
                throw failed(Kind.NOT_A_REGISTRY, "it leads to an address that cannot be used");
            }
            if (plain && !entry.plainHttp()) {
                throw failed(Kind.NOT_A_REGISTRY, "it leads from TLS to plain HTTP, at " + location.getHost());
            }
            return location;
        } catch (URISyntaxException e) {
            throw failed(Kind.NOT_A_REGISTRY, "it leads to an address that cannot be used");
        }
    }

    /**
     * Sends a request; close the answer. A refused login is answered once where the request can be sent again.
     *
     * @param maker makes it, for each time that it is sent
     * @throws SessionFailure when no answer came, or the login failed
     */
    Reply send(Supplier<? extends HttpUriRequestBase> maker) throws SessionFailure, EngineException {
        HttpUriRequestBase request = maker.get();
        boolean ours = entry.isAt(address(request));
        Reply reply = attempt(request);
        boolean repeatable = request.getEntity() == null || request.getEntity().isRepeatable();
        if (reply.status() == 401 && repeatable && ours) {
            try (reply) {
                Header sent = request.getFirstHeader(HttpHeaders.AUTHORIZATION);
                login.answer(this, reply, sent == null ? null : sent.getValue());
            }
            return checked(attempt(maker.get()));
        }
        return ours ? checked(reply) : reply;
    }

    private Reply checked(Reply reply) throws SessionFailure {
        reply.quota().ifPresent(told -> quota = told);
        if (!reply.isWebPage()) {
            return reply;
        }
        RegistryFailure failure = reply.failure();
        reply.close();
        throw failed(failure);
    }

    /** The same for content, which a registry may keep elsewhere: redirects are followed, without the login. */
    Reply follow(URI address, String accept) throws SessionFailure, EngineException {
        URI current = address;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            URI next = current;
            Reply reply = send(() -> {
                HttpGet request = new HttpGet(next);
                request.setHeader(HttpHeaders.ACCEPT, accept);
                return request;
            });
            if (!reply.isRedirect()) {
                return reply;
            }
            try (reply) {
                current = location(current, reply);
            }
        }
        throw failed(Kind.NOT_A_REGISTRY, "it redirects more than " + MOST_REDIRECTS + " times");
    }

    private Reply attempt(HttpUriRequestBase request) throws SessionFailure, EngineException {
        String authorization = login.authorization();
        if (entry.isAt(address(request)) && authorization != null) {
            request.setHeader(HttpHeaders.AUTHORIZATION, authorization);
        }
        return raw(request);
    }

    /** A request as it is; without the registry's login unless it has one already. */
    Reply raw(HttpUriRequestBase request) throws SessionFailure, EngineException {
        try {
            return http.send(request, entry);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private URI address(HttpUriRequestBase request) throws SessionFailure {
        try {
            return request.getUri();
        } catch (URISyntaxException e) {
            throw failed(Kind.NOT_A_REGISTRY, "it leads to an address that cannot be used");
        }
    }

    /** Tells of a quota that is nearly used up. */
    void tellQuota(EngineListener listener) {
        quota().filter(PullQuota::isLow)
                .ifPresent(low -> listener.on(new EngineEvent.Warning("At the registry " + entry.address() + ", "
                        + low.words() + (account() == null ? " without a login" : " for '" + account() + "'"))));
    }

    SessionFailure failed(Kind kind, String why) {
        return new SessionFailure(this, RegistryFailure.of(kind, why));
    }

    SessionFailure failed(RegistryFailure failure) {
        boolean refused = failure.kind() == Kind.UNAUTHORIZED || failure.kind() == Kind.DENIED;
        return new SessionFailure(this, refused ? login.explained(failure) : failure);
    }

    /** No answer came, or it broke off. */
    SessionFailure lost(IOException failure) {
        TransportTrouble trouble = TransportTrouble.of(failure);
        return failed(
                switch (trouble.kind()) {
                    case UNKNOWN_HOST -> Kind.UNKNOWN_HOST;
                    case UNTRUSTED_CERTIFICATE, CERTIFICATE_HOST_MISMATCH -> Kind.UNTRUSTED_CERTIFICATE;
                    case CONNECTION_REFUSED, TIMEOUT -> Kind.CONNECTION;
                    case CLIENT_CERTIFICATE_WANTED -> Kind.CLIENT_CERTIFICATE_WANTED;
                    case PROXY_REFUSAL -> Kind.PROXY_REFUSAL;
                    case NOT_HTTP ->
                        TransportTrouble.mayBePlain(failure) && !entry.plainHttp()
                                ? Kind.HTTP_ON_HTTPS
                                : Kind.CONNECTION;
                },
                trouble.kind() == TransportTrouble.Kind.NOT_HTTP
                        ? String.valueOf(failure.getMessage())
                        : trouble.why());
    }
}

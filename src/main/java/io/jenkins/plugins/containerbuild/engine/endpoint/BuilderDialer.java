package io.jenkins.plugins.containerbuild.engine.endpoint;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;

/**
 * Connects to a BuildKit daemon of its own, which speaks HTTP/2 from the first byte on. Over TLS it shows the client's
 * certificate and checks the daemon's, the host name included.
 */
public final class BuilderDialer {

    private static final String HTTP_2 = "h2";

    private final BuilderAddress address;
    private final URI uri;
    private final Dialer dialer;

    private BuilderDialer(BuilderAddress address, URI uri, Dialer dialer) {
        this.address = address;
        this.uri = uri;
        this.dialer = dialer;
    }

    /**
     * Contacts nobody yet.
     *
     * @throws EngineException when the address is none of a builder, or its certificates cannot be read
     */
    public static BuilderDialer to(BuilderAddress address) throws EngineException {
        URI uri = BuilderAddress.parse(address.uri());
        boolean secure = address.tls() != null && uri.getScheme().equals("tcp");
        PemTls tls = secure ? PemTls.of(address.tls(), uri.getHost() + ":" + uri.getPort()) : null;
        return new BuilderDialer(address, uri, new Dialer(new EndpointCandidate(uri, tls, "given"), HTTP_2));
    }

    /** The address, with its port. */
    public String uri() {
        return uri.toString();
    }

    /**
     * Connects. The caller closes it.
     *
     * @throws IOException when nobody answers, or one side does not accept the other's certificate
     */
    public DuplexStream dial() throws IOException {
        return dialer.dial();
    }

    /**
     * As {@link #dial()}, for a thread that another one may have to free.
     *
     * @param begun gets what ends the attempt when it is closed, before anybody is waited for
     */
    public DuplexStream dial(Consumer<Closeable> begun) throws IOException {
        return dialer.dial(begun);
    }

    /**
     * Why this builder cannot be used, in people's words.
     *
     * @param failure what {@link #dial()} or the first use of its stream threw, also as a cause of something else
     */
    public BuilderLostException unusable(Throwable failure) {
        return unusable(BuilderTrouble.of(address, uri, failure), failure);
    }

    /**
     * As {@link #unusable(Throwable)}, for a reason that is known.
     *
     * @param why the reason
     * @param advice what to do next
     */
    public BuilderLostException unusable(String why, String advice) {
        return unusable(new BuilderTrouble(why, advice), null);
    }

    private BuilderLostException unusable(BuilderTrouble trouble, Throwable failure) {
        return new BuilderLostException(
                "could not use the builder at " + uri, trouble.why(), trouble.advice(), failure);
    }

    /** Says that a builder was lost which had answered before. */
    public BuilderLostException lost(Throwable failure) {
        BuilderTrouble trouble = BuilderTrouble.ofLoss(failure);
        return new BuilderLostException(
                "lost the connection to the builder at " + uri, trouble.why(), trouble.advice(), failure);
    }
}

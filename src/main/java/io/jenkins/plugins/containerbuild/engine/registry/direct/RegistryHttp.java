package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.registry.http.AnyCertificate;
import io.jenkins.plugins.containerbuild.engine.registry.http.PlainHttpClient;
import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** The connections of one call. Thread-safe. */
final class RegistryHttp implements AutoCloseable {

    private static final Timeout CONNECT_LIMIT = Timeout.ofSeconds(10);

    /** A registry that has just got a large blob looks through it before it answers. */
    private static final Timeout ANSWER_LIMIT = Timeout.ofMinutes(2);

    private final Watchdog watchdog;
    private final CloseableHttpClient checking;
    private final CloseableHttpClient trusting =
            PlainHttpClient.with(AnyCertificate.context(), NoopHostnameVerifier.INSTANCE, CONNECT_LIMIT, ANSWER_LIMIT);

    /**
     * @param authorities whose certificates are taken where they are checked
     * @param limit how long a request may go without a byte being moved
     */
    RegistryHttp(SSLContext authorities, Duration limit) {
        watchdog = new Watchdog(limit);
        checking = PlainHttpClient.with(
                authorities, HttpsSupport.getDefaultHostnameVerifier(), CONNECT_LIMIT, ANSWER_LIMIT);
    }

    /**
     * Sends one request; close the answer.
     *
     * @param anyCertificate whether the other side's certificate is not checked
     */
    Reply send(HttpUriRequestBase request, boolean anyCertificate) throws IOException {
        HttpHost target = new HttpHost(request.getScheme(), request.getAuthority());
        Watchdog.Watch watch = watchdog.over(request::cancel);
        if (request.getEntity() != null) {
            request.setEntity(new WatchedEntity(request.getEntity(), watch));
        }
        try {
            return new Reply(request, (anyCertificate ? trusting : checking).executeOpen(target, request, null), watch);
        } catch (IOException e) {
            watch.close();
            throw watch.explained(e);
        }
    }

    /** Cuts every connection at once, also under a thread that is waiting for an answer, and allows no other. */
    @Override
    public void close() {
        watchdog.close();
        checking.close(CloseMode.IMMEDIATE);
        trusting.close(CloseMode.IMMEDIATE);
    }
}

package io.jenkins.plugins.containerbuild.engine.registry.probe;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.InvalidReferenceException;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.http.TransportTrouble;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tries out a registry the way Docker uses it: the API's front door, the challenge, the token service, the login. It
 * changes nothing anywhere. Thread-safe.
 */
public final class RegistryProbe {

    private static final Duration WHOLE_TEST = Duration.ofSeconds(30);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final CredentialsSource credentials;
    private final Duration limit;

    /** @param credentials asked for client certificates and the logins of proxies */
    public RegistryProbe(CredentialsSource credentials) {
        this(credentials, WHOLE_TEST);
    }

    /** With another limit, for tests. */
    RegistryProbe(CredentialsSource credentials, Duration limit) {
        this.credentials = credentials;
        this.limit = limit;
    }

    /**
     * Tries out a registry, with a login where it asks for one.
     *
     * @param entry the registry; spoken to as it says
     * @param login who logs in, or null for nobody
     * @return a finding in every case, within half a minute
     * @throws EngineException when the entry's certificates or the login of its proxy cannot be had or used
     * @throws InterruptedException when the thread was interrupted; the test has been broken off then
     */
    public ProbeResult probe(RegistryEntry entry, RegistryCredentials login)
            throws EngineException, InterruptedException {
        return inTime(entry, login, null);
    }

    /**
     * The same, and whether one repository may be read by this account.
     *
     * @param repository its path, such as {@code team/app}
     * @throws InvalidRequestException when the path breaks the grammar of references
     * @throws EngineException when the entry's certificates or the login of its proxy cannot be had or used
     * @throws InterruptedException when the thread was interrupted; the test has been broken off then
     */
    public ProbeResult probe(RegistryEntry entry, RegistryCredentials login, String repository)
            throws EngineException, InterruptedException {
        try {
            String path = ImageReference.parse(entry.address().host() + '/' + repository)
                    .path();
            return inTime(entry, login, path);
        } catch (InvalidReferenceException e) {
            throw new InvalidRequestException(
                    "could not read a repository's name", e.getMessage(), "Names look like team/app", e);
        }
    }

    private ProbeResult inTime(RegistryEntry entry, RegistryCredentials login, String repository)
            throws EngineException, InterruptedException {
        // The limits of single reads do not add up to one for the whole, and a blocked read knows no interruption:
        // a second thread does the work and is cut off from outside.
        try (ProbeHttp http = new ProbeHttp(entry, credentials)) {
            FutureTask<ProbeResult> test =
                    new FutureTask<>(() -> new Conversation(http, entry, login).hold(repository));
            Thread worker = new Thread(test, "container-build registry test");
            worker.setDaemon(true);
            worker.start();
            try {
                return test.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return new Findings(entry, login)
                        .unreachable(new TransportTrouble(
                                TransportTrouble.Kind.TIMEOUT,
                                "it did not finish its answers within " + limit.toSeconds() + " seconds"));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof EngineException known) {
                    throw known;
                }
                throw new IllegalStateException(
                        "the test of a registry failed in a way nobody thought of", e.getCause());
            } finally {
                http.close();
                // Only a look-up of a host's name can take longer; it knows no way to be broken off.
                worker.join(FAREWELL.toMillis());
            }
        }
    }
}

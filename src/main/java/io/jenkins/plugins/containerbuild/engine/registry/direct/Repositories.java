package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryTransport;
import io.jenkins.plugins.containerbuild.engine.registry.http.TransportTrouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpGet;

/** Opens repositories by the entries of their registries. For one call, by one thread. */
final class Repositories {

    private static final Pattern LOOPBACK = Pattern.compile("(127\\.[0-9.]+|localhost|\\[::1])(:[0-9]+)?");

    private final RegistryHttp http;
    private final Registries registries;
    private final CredentialsSource credentials;
    private final Consumer<Secret> secrets;
    private final Map<RegistryEntry, RegistryEntry> found = new HashMap<>();

    /**
     * @param credentials asked when a registry wants a login
     * @param secrets told of each token that a registry gives
     */
    Repositories(RegistryHttp http, Registries registries, CredentialsSource credentials, Consumer<Secret> secrets) {
        this.http = http;
        this.registries = registries;
        this.credentials = credentials;
        this.secrets = secrets;
    }

    /** The repository of a name, to read from. */
    Repository reading(ImageReference name) throws EngineException {
        return open(name, List.of("repository:" + name.path() + ":pull"));
    }

    /**
     * The repository to fetch an image from: that of its registry's mirror where the image is there, else its own. One look
     * at the mirror decides, and nothing that is wrong with it is an error.
     *
     * @param name with a tag or a digest
     * @param listener told why a mirror is left out
     */
    Repository fetching(ImageReference name, EngineListener listener) throws EngineException {
        Optional<ImageReference> mirrored = registries.atMirror(name);
        if (mirrored.isEmpty()) {
            return reading(name);
        }
        ImageReference there = mirrored.get();
        String why;
        try {
            Repository mirror = reading(there);
            mirror.digest(there.digest() != null ? there.digest().toString() : there.tag());
            listener.on(new EngineEvent.Note("Reading " + name.familiar() + " from the mirror " + there.domain()));
            return mirror;
        } catch (SessionFailure e) {
            why = e.failure().getMessage();
        } catch (EngineException e) {
            why = e.getMessage();
        }
        listener.on(new EngineEvent.Note("Reading " + name.familiar()
                + " from its registry itself and not from the mirror " + there.domain() + ": " + why));
        return reading(name);
    }

    /** The repositories of names whose content is to be taken over, each in its registry itself. */
    List<Repository> neighbours(List<ImageReference> names) throws EngineException {
        List<Repository> all = new ArrayList<>();
        for (ImageReference name : names) {
            all.add(reading(name));
        }
        return all;
    }

    /**
     * The repository of a name, to write to.
     *
     * @param neighbours names whose content may be taken over where it is in the same registry
     */
    Repository writing(ImageReference name, List<ImageReference> neighbours) throws EngineException {
        List<String> scopes = new ArrayList<>(List.of("repository:" + name.path() + ":pull,push"));
        RegistryEntry entry = registries.entryFor(name);
        neighbours.stream()
                .filter(other -> registries.entryFor(other).equals(entry))
                .map(other -> "repository:" + other.path() + ":pull")
                .filter(scope -> !scope.startsWith("repository:" + name.path() + ":"))
                .distinct()
                .forEach(scopes::add);
        return open(name, scopes);
    }

    /** The repositories of names, each once, by their {@link ImageReference#repository()} in the order of the names. */
    Map<String, Repository> writing(List<ImageReference> names, List<ImageReference> neighbours)
            throws EngineException {
        Map<String, Repository> targets = new LinkedHashMap<>();
        for (ImageReference name : names) {
            if (!targets.containsKey(name.repository())) {
                targets.put(name.repository(), writing(name, neighbours));
            }
        }
        return targets;
    }

    /** The repository of a name, to delete from. */
    Repository deleting(ImageReference name) throws EngineException {
        return open(name, List.of("repository:" + name.path() + ":pull,push,delete"));
    }

    private Repository open(ImageReference name, List<String> scopes) throws EngineException {
        RegistryEntry configured = registries.entryFor(name);
        RegistryEntry entry = found.get(configured);
        if (entry == null) {
            entry = asItIs(configured);
            found.put(configured, entry);
        }
        return new Repository(new Session(http, entry, new SessionLogin(credentials, scopes, secrets)), name.path());
    }

    /**
     * What a Docker Engine takes as it is, is taken as it is here, too: a registry of this very machine, with a certificate
     * that nobody signed or without TLS. Where the entry says more, the entry counts.
     */
    private RegistryEntry asItIs(RegistryEntry entry) throws EngineException {
        if (!entry.transport().equals(RegistryTransport.TLS)
                || !LOOPBACK.matcher(entry.address().host()).matches()) {
            return entry;
        }
        HttpGet question = new HttpGet(entry.api());
        try (Reply ignored = http.sendUnchecked(question, entry)) {
            return entry.withTransport(RegistryTransport.TLS.withSkipTlsVerify(true));
        } catch (IOException e) {
            return TransportTrouble.mayBePlain(e)
                    ? entry.withTransport(RegistryTransport.TLS.withPlainHttp(true))
                    : entry;
        }
    }
}

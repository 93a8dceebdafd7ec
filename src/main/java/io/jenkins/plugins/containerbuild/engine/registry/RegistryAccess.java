package io.jenkins.plugins.containerbuild.engine.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Puts logins into the headers that the Engine hands on to registries ({@code X-Registry-Auth} for one registry,
 * {@code X-Registry-Config} for all that a build may pull from). Credentials are asked for at that moment and not kept;
 * nothing is written to any {@code config.json}.
 */
public final class RegistryAccess {

    private final ObjectMapper json = new ObjectMapper();
    private final Registries registries;
    private final CredentialsSource credentials;

    /**
     * @param registries what is configured
     * @param credentials asked for logins
     */
    public RegistryAccess(Registries registries, CredentialsSource credentials) {
        this.registries = registries;
        this.credentials = credentials;
    }

    /**
     * A login, ready for one call.
     *
     * @param header the value of {@code X-Registry-Auth}; an empty login is sent as one, since the Engine wants it
     * @param account the account for messages, or null without a login
     */
    record Login(String header, String account) {

        @Override
        public String toString() {
            return "Login[account=" + account + "]";
        }
    }

    /**
     * The same for a build that pushes under these names: where several logins are known for one registry, theirs come
     * first.
     */
    public RegistryAccess preferring(List<ImageReference> names) {
        return new RegistryAccess(registries.preferring(names), credentials);
    }

    /** Whether names that are in one registry also have one login. */
    public boolean haveOneLoginEach(List<ImageReference> names) {
        Map<RegistryAddress, String> logins = new HashMap<>();
        for (ImageReference name : names) {
            RegistryEntry entry = registries.entryFor(name);
            String login = Objects.requireNonNullElse(entry.credentialsId(), "");
            if (!logins.computeIfAbsent(entry.address(), address -> login).equals(login)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the registry of a name is to be spoken to without TLS, or without a look at its certificate. */
    public boolean isInsecure(ImageReference name) {
        RegistryEntry entry = registries.entryFor(name);
        return entry.plainHttp() || entry.skipTlsVerify();
    }

    /** What is configured. */
    public Registries registries() {
        return registries;
    }

    /** Asked for logins. */
    public CredentialsSource credentials() {
        return credentials;
    }

    RegistryEntry entryFor(ImageReference reference) {
        return registries.entryFor(reference);
    }

    Login login(RegistryEntry entry) throws EngineException {
        Optional<RegistryCredentials> found = credentials.credentialsFor(entry);
        ObjectNode auth = found.map(login -> auth(entry, login)).orElseGet(json::createObjectNode);
        return new Login(encode(auth), found.map(RegistryAccess::account).orElse(null));
    }

    private static String account(RegistryCredentials login) {
        return login.username().isEmpty() ? "an identity token" : login.username();
    }

    /**
     * The logins that a build may need for its base images.
     *
     * @param needed whether the build may pull from a registry; the chosen registry's login goes along in any case
     * @return the value of {@code X-Registry-Config}
     * @throws EngineException when the credentials of the chosen registry cannot be had; others are left out with a
     *     warning, since the build may not need them
     */
    public String configHeader(Predicate<RegistryAddress> needed, EngineListener listener) throws EngineException {
        ObjectNode all = json.createObjectNode();
        for (RegistryEntry entry : registries.entries()) {
            String key = entry.address().authKey();
            boolean chosen = registries.chosen().filter(entry::equals).isPresent();
            boolean wanted = chosen || needed.test(entry.address()) && !all.has(key);
            if (entry.credentialsId() == null || !wanted) {
                continue;
            }
            try {
                credentials.credentialsFor(entry).ifPresent(login -> all.set(key, auth(entry, login)));
            } catch (EngineException e) {
                if (chosen) {
                    throw e;
                }
                listener.on(new EngineEvent.Warning(
                        "Base images of " + entry.address() + " are pulled without a login: " + e.getMessage()));
            }
        }
        return encode(all);
    }

    /**
     * The login for the registry at an address, as BuildKit asks for it: the chosen entry's, else that of the first entry
     * there which has one.
     *
     * @param host host and port, whatever the registry's client calls it
     * @param listener warned when the login of an entry that was not chosen cannot be had
     * @return nothing where no login is configured
     * @throws EngineException when the credentials of the chosen registry cannot be had
     */
    public Optional<RegistryCredentials> loginAt(String host, EngineListener listener) throws EngineException {
        RegistryAddress address;
        try {
            address = RegistryAddress.parse(host);
        } catch (InvalidRequestException notConfigurable) {
            return Optional.empty();
        }
        Optional<RegistryEntry> chosen =
                registries.chosen().filter(entry -> entry.address().equals(address));
        if (chosen.isPresent()) {
            return credentials.credentialsFor(chosen.get());
        }
        for (RegistryEntry entry : registries.entries()) {
            if (entry.credentialsId() != null && entry.address().equals(address)) {
                return unlessMissing(entry, listener);
            }
        }
        return Optional.empty();
    }

    private Optional<RegistryCredentials> unlessMissing(RegistryEntry entry, EngineListener listener) {
        try {
            return credentials.credentialsFor(entry);
        } catch (EngineException e) {
            listener.on(new EngineEvent.Warning(
                    "Base images of " + entry.address() + " are pulled without a login: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private ObjectNode auth(RegistryEntry entry, RegistryCredentials login) {
        ObjectNode auth = json.createObjectNode();
        if (login.identityToken()) {
            auth.put("identitytoken", login.secret().reveal());
        } else {
            auth.put("username", login.username());
            auth.put("password", login.secret().reveal());
        }
        return auth.put("serveraddress", entry.address().authKey());
    }

    private static String encode(ObjectNode auth) {
        return Base64.getUrlEncoder().encodeToString(auth.toString().getBytes(StandardCharsets.UTF_8));
    }
}

package io.jenkins.plugins.containerbuild.engine.build.secret;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.SecretBytes;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecret;
import io.jenkins.plugins.containerbuild.engine.build.context.NamedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The values of one build's secrets, fetched anew whenever they are asked for and kept nowhere. */
public final class SecretValues {

    /** More than this BuildKit refuses (moby/buildkit, session/secrets). */
    static final int LARGEST = 500 * 1024;

    private final Map<String, BuildSecret> secrets = new LinkedHashMap<>();
    private final Path root;
    private final SecretSources sources;

    private SecretValues(BuildRequest request, SecretSources sources) {
        root = request.root() == null ? null : Path.of(request.root());
        this.sources = sources;
    }

    /**
     * Looks whether files and variables are there, and whether an option that everybody can read holds a secret.
     *
     * @throws InvalidRequestException when a file or variable is missing or too large, an id stands twice, or a secret is in
     *     a build argument, label or annotation
     * @throws EngineException when a secret has to be compared with one of those and cannot be had
     */
    public static SecretValues of(BuildRequest request, SecretSources sources) throws EngineException {
        SecretValues values = new SecretValues(request, sources);
        for (BuildSecret secret : request.secrets()) {
            if (values.secrets.put(secret.id(), secret) != null) {
                throw new InvalidRequestException(
                        what(secret.id()), "the id stands twice", "Give each secret an id of its own");
            }
            values.lookFor(secret);
        }
        ReadableOptions readable = new ReadableOptions(request);
        if (!readable.isEmpty()) {
            for (String id : values.secrets.keySet()) {
                try (SecretBytes value = values.fetch(values.secrets.get(id))) {
                    readable.refuseIfTheyHold(id, value);
                }
            }
        }
        return values;
    }

    private void lookFor(BuildSecret secret) throws InvalidRequestException {
        if (secret.source() == BuildSecret.Source.ENVIRONMENT
                && !sources.environment().containsKey(secret.location())) {
            throw new InvalidRequestException(
                    what(secret.id()),
                    "there is no environment variable '" + secret.location() + "'",
                    "Set it, or take the secret from somewhere else");
        }
        if (secret.source() == BuildSecret.Source.FILE) {
            Path file = file(secret);
            try {
                if (Files.size(file) > LARGEST) {
                    throw tooLarge(secret.id(), Files.size(file));
                }
            } catch (IOException e) {
                throw unreadable(secret, e);
            }
        }
    }

    private Path file(BuildSecret secret) throws InvalidRequestException {
        return NamedFile.find(what(secret.id()), secret.location(), root);
    }

    /**
     * A secret's value; the caller closes it.
     *
     * @param id as the Dockerfile names it
     * @return empty when the build was given no such secret
     * @throws EngineException when it was, but the value cannot be had
     */
    public Optional<SecretBytes> get(String id) throws EngineException {
        BuildSecret secret = secrets.get(id);
        return secret == null ? Optional.empty() : Optional.of(fetch(secret));
    }

    private SecretBytes fetch(BuildSecret secret) throws EngineException {
        SecretBytes value =
                switch (secret.source()) {
                    case FILE -> read(secret);
                    case ENVIRONMENT -> SecretBytes.of(sources.environment().get(secret.location()));
                    case CALLER ->
                        sources.caller()
                                .secret(secret.id())
                                .orElseThrow(() -> new EngineException(
                                        what(secret.id()),
                                        "whoever started the build does not know its value",
                                        "Give it from a file or from an environment variable"));
                };
        sources.mask().add(value);
        if (value.size() > LARGEST) {
            value.close();
            throw tooLarge(secret.id(), value.size());
        }
        return value;
    }

    private SecretBytes read(BuildSecret secret) throws InvalidRequestException {
        try (InputStream in = Files.newInputStream(file(secret))) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            try {
                return SecretBytes.of(bytes);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        } catch (IOException e) {
            throw unreadable(secret, e);
        }
    }

    private static InvalidRequestException unreadable(BuildSecret secret, IOException cause) {
        return new InvalidRequestException(
                what(secret.id()),
                "the file " + secret.location() + " cannot be read: " + cause.getMessage(),
                "Check that the user '" + System.getProperty("user.name") + "' may read it",
                cause);
    }

    private static InvalidRequestException tooLarge(String id, long bytes) {
        return new InvalidRequestException(
                what(id),
                "it has " + (bytes > LARGEST + 1 ? bytes : "more than " + LARGEST) + " bytes, and BuildKit takes "
                        + LARGEST + " at most",
                "Put what is large and no secret into the build context");
    }

    private static String what(String id) {
        return "could not use the secret '" + id + "'";
    }
}

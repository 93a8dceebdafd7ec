package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An SSH agent that {@code RUN --mount=type=ssh,id=...} may use. It never holds a key.
 *
 * @param id the id in the Dockerfile, {@code default} unless that names another one; not null
 * @param source where the keys are; not null
 * @param paths an agent's socket, or files with private keys; empty when the caller or the environment is asked
 */
public record SshForward(String id, Source source, List<String> paths) implements Serializable {

    /** The id that a mount means when it names none. */
    public static final String DEFAULT_ID = "default";

    private static final long serialVersionUID = 1L;

    /** Where keys are. */
    public enum Source {
        /** At the agent whose socket {@code SSH_AUTH_SOCK} of the endpoint's environment names. */
        ENVIRONMENT,
        /** At an agent's socket, or in key files: what the paths turn out to be. */
        PATHS,
        /** The engine's caller knows the keys by the id. */
        CALLER
    }

    /** Copies the list. */
    public SshForward {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        paths = List.copyOf(paths);
    }

    /** The agent of the environment. */
    public static SshForward ofEnvironment(String id) {
        return new SshForward(id, Source.ENVIRONMENT, List.of());
    }

    /** Keys that the caller is asked for. */
    public static SshForward ofCaller(String id) {
        return new SshForward(id, Source.CALLER, List.of());
    }

    /**
     * Reads the docker CLI's form: {@code default}, {@code id=socket} or {@code id=key1,key2}.
     *
     * @throws InvalidRequestException when the id is empty
     */
    public static SshForward parse(String text) throws InvalidRequestException {
        int equals = text.indexOf('=');
        String id = (equals < 0 ? text : text.substring(0, equals)).trim();
        if (id.isEmpty()) {
            throw new InvalidRequestException(
                    "could not read the SSH agent '" + text + "'", "it has no id", "Write default, or id=path");
        }
        List<String> paths = equals < 0
                ? List.of()
                : Stream.of(text.substring(equals + 1).split(","))
                        .filter(path -> !path.isBlank())
                        .toList();
        return paths.isEmpty() ? ofEnvironment(id) : new SshForward(id, Source.PATHS, paths);
    }
}

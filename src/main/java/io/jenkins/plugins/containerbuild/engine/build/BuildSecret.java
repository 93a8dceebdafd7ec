package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A secret that {@code RUN --mount=type=secret,id=...} may read. It says where the value comes from and never holds it.
 *
 * @param id the id in the Dockerfile; not null
 * @param source where the value is; not null
 * @param location the file's path or the variable's name; null when the caller is asked
 */
public record BuildSecret(String id, Source source, String location) implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Set<String> FIELDS = Set.of("id", "type", "src", "source", "env");

    /** Where a secret's value is. */
    public enum Source {
        /** In a file on the machine where the engine runs. */
        FILE,
        /** In a variable of the endpoint's environment. */
        ENVIRONMENT,
        /** The engine's caller knows it by the secret's id. */
        CALLER
    }

    /** Refuses null. */
    public BuildSecret {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
    }

    /** A secret in a file. */
    public static BuildSecret ofFile(String id, String path) {
        return new BuildSecret(id, Source.FILE, Objects.requireNonNull(path, "path"));
    }

    /** A secret in an environment variable. */
    public static BuildSecret ofEnvironment(String id, String variable) {
        return new BuildSecret(id, Source.ENVIRONMENT, Objects.requireNonNull(variable, "variable"));
    }

    /** A secret that the caller is asked for. */
    public static BuildSecret ofCaller(String id) {
        return new BuildSecret(id, Source.CALLER, null);
    }

    /**
     * Reads the docker CLI's form {@code id=token,src=token.txt} or {@code id=token,env=TOKEN}; without either the
     * environment variable of the id's name is meant where there is one, else the file of that name.
     *
     * @param environment the variables that there are
     * @throws InvalidRequestException when the text cannot be read, has no id or a field that does not belong there
     */
    public static BuildSecret parse(String text, Map<String, String> environment) throws InvalidRequestException {
        Map<String, String> fields = new LinkedHashMap<>(OptionFields.parse("secret", text.trim()));
        String id = fields.getOrDefault("id", "");
        if (id.isEmpty()) {
            throw unreadable(text, "it has no id");
        }
        String type = fields.get("type");
        if (type != null && !type.equals("file") && !type.equals("env")) {
            throw unreadable(text, "there is no type '" + type + "'");
        }
        String file = fields.getOrDefault("src", fields.get("source"));
        String variable = fields.get("env");
        fields.keySet().removeAll(FIELDS);
        if (!fields.isEmpty()) {
            throw unreadable(
                    text, "there is no field '" + fields.keySet().iterator().next() + "'");
        }
        if (variable != null) {
            return ofEnvironment(id, variable);
        }
        if (file != null) {
            return "env".equals(type) ? ofEnvironment(id, file) : ofFile(id, file);
        }
        return environment.containsKey(id) ? ofEnvironment(id, id) : ofFile(id, id);
    }

    private static InvalidRequestException unreadable(String text, String why) {
        return new InvalidRequestException(
                "could not read the secret '" + text + "'",
                why,
                "Write for example id=token,src=token.txt or id=token,env=TOKEN");
    }
}

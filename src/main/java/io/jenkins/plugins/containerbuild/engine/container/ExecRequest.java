package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A command in a container that runs.
 *
 * @param container its id or name; not null
 * @param command with its arguments
 * @param env variables besides the container's; there may be secrets among the values
 * @param user null for the container's own
 * @param workdir null for the container's own
 * @param limit how long it may run; null for no limit
 * @param anyExitCode whether an exit code other than 0 is no failure
 * @param quiet whether its lines are kept out of the log
 */
public record ExecRequest(
        String container,
        List<String> command,
        Map<String, String> env,
        String user,
        String workdir,
        Duration limit,
        boolean anyExitCode,
        boolean quiet)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the collections. */
    public ExecRequest {
        Objects.requireNonNull(container, "container");
        command = List.copyOf(command);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }

    /** A command as the container's own user, whose exit code has to be 0. */
    public static ExecRequest of(String container, String... command) {
        return new ExecRequest(container, List.of(command), Map.of(), null, null, null, false, false);
    }

    /**
     * Refuses a command without words.
     *
     * @throws InvalidRequestException when there is nothing to run
     */
    public void check() throws InvalidRequestException {
        if (command.isEmpty() || command.get(0).isEmpty()) {
            throw new InvalidRequestException(
                    "could not run a command in the container " + container,
                    "the command is empty",
                    "Give the command and its arguments as a list, for example ['pg_dump', 'app']");
        }
    }

    /** Without the values of variables. */
    @Override
    public String toString() {
        return "ExecRequest[container=" + container + ", command=" + command + ", env=" + env.keySet() + ", user="
                + user + ", workdir=" + workdir + "]";
    }
}

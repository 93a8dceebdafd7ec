package io.jenkins.plugins.containerbuild.engine.socket;

import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Lets the agent's user use a unix socket, as far as a policy allows, and takes that back. The right to do so is looked for
 * in this order: the process is root; {@code sudo -n}; a helper endpoint whose daemon runs the agent's own container, and
 * runs the commands in it as root ({@code docker exec -u 0}).
 *
 * <p>Every means is verified, a failed one taken back before the next is tried. Two agents may repair at once: what has
 * changed under a plan's feet is planned anew, and each verifies its own access.
 */
public final class SocketRepair {

    private final EndpointRequest endpoint;
    private final List<EndpointRequest> helpers;
    private final Path records;
    private final Duration limit;

    /**
     * @param endpoint whose socket; a job must not be able to choose it where the policy is not the job's either
     * @param helpers endpoints that may run a command in the agent's own container; may be empty
     * @param records a folder of the agent's user for the records of repairs, made when it is needed; the same folder is
     *     needed to undo them
     * @param limit how long each look may take, as in {@link SocketDoctor}
     */
    public SocketRepair(EndpointRequest endpoint, List<EndpointRequest> helpers, Path records, Duration limit) {
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
        this.helpers = List.copyOf(helpers);
        this.records = Objects.requireNonNull(records, "records");
        this.limit = Objects.requireNonNull(limit, "limit");
    }

    /**
     * Repairs, if need be. A socket that can be used is left alone, so calling it again does no harm.
     *
     * @throws InterruptedException when the thread was interrupted; what was begun has been taken back then
     */
    public RepairResult repair(RepairPolicy policy) throws InterruptedException {
        throw new UnsupportedOperationException("follows");
    }

    /**
     * Takes the last repair of this socket back, by its record in the folder: exactly, and only as long as it is the same
     * socket in the state in which the repair left it. Membership of a group does not hang on the socket and is taken back
     * in any case.
     *
     * @param sudo whether {@code sudo -n} may be used for it
     * @throws InterruptedException when the thread was interrupted
     */
    public UndoResult undo(boolean sudo) throws InterruptedException {
        throw new UnsupportedOperationException("follows");
    }
}

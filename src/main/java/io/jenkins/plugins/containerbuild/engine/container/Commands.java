package io.jenkins.plugins.containerbuild.engine.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;

/** Runs commands in containers that run already. */
public final class Commands {

    private static final int NOT_FOUND = 404;
    private static final int NOT_RUNNING = 409;
    private static final Duration CALL_LIMIT = Duration.ofSeconds(60);

    private final EngineConnection connection;
    private final ContainerStore store;
    private final ObjectMapper json = new ObjectMapper();

    /** @param connection the daemon */
    public Commands(EngineConnection connection) {
        this.connection = connection;
        store = new ContainerStore(connection);
    }

    /**
     * Runs a command to its end.
     *
     * @param output gets its standard output
     * @param error gets its standard error
     * @return its exit code, and how long it took
     * @throws EngineException when there is no such container, it does not run, or the time is up
     * @throws InterruptedException when the thread was interrupted; the command may go on until its container ends
     */
    public RunResult run(ExecRequest request, OutputStream output, OutputStream error)
            throws EngineException, InterruptedException {
        request.check();
        String what = "could not run " + request.command().get(0) + " in the container " + request.container();
        Instant start = Instant.now();
        try (EngineConnection own = connection.another()) {
            String id = created(own, request);
            own.exchange(
                    jsonPost(
                            "/exec/" + id + "/start",
                            json.createObjectNode().put("Detach", false).put("Tty", false)),
                    request.limit(),
                    body -> {
                        Frames.copy(body, output, error);
                        return null;
                    });
            int exitCode = own.exchange(DaemonRequest.get("/exec/" + id + "/json"), CALL_LIMIT, json::readTree)
                    .path("ExitCode")
                    .asInt(-1);
            return new RunResult(exitCode, "", false, Duration.between(start, Instant.now()));
        } catch (DaemonRefusal e) {
            throw refused(what, request, e);
        } catch (IOException e) {
            if (request.limit() != null
                    && Duration.between(start, Instant.now()).compareTo(request.limit()) >= 0) {
                throw new EngineException(
                        what,
                        "it did not end within " + request.limit().toMillis() / 1000.0 + " seconds",
                        "Give it more time, or look at what it waits for; it may go on until its container ends");
            }
            throw connection.lost(e);
        }
    }

    private EngineException refused(String what, ExecRequest request, DaemonRefusal e) {
        if (e.status() == NOT_FOUND) {
            return new InvalidRequestException(
                    what,
                    "the " + store.daemon() + " has no container " + request.container(),
                    "Check its name and the daemon; one that was made for a block is gone after it");
        }
        if (e.status() == NOT_RUNNING) {
            return new InvalidRequestException(
                    what, "the container does not run", "Look at its log for why it has ended");
        }
        return store.refused(what, e);
    }

    private String created(EngineConnection own, ExecRequest request)
            throws DaemonRefusal, IOException, InterruptedException {
        ObjectNode options = json.createObjectNode()
                .put("AttachStdout", true)
                .put("AttachStderr", true)
                .put("User", request.user())
                .put("WorkingDir", request.workdir());
        request.command().forEach(options.putArray("Cmd")::add);
        ArrayNode variables = options.putArray("Env");
        request.env().forEach((name, value) -> variables.add(name + '=' + value));
        JsonNode answer = own.exchange(
                jsonPost("/containers/" + DaemonRequest.encode(request.container()) + "/exec", options),
                CALL_LIMIT,
                json::readTree);
        return answer.path("Id").asText("");
    }

    private DaemonRequest jsonPost(String path, ObjectNode body) throws IOException {
        return DaemonRequest.post(path)
                .header("Content-Type", "application/json")
                .body(new ByteArrayInputStream(json.writeValueAsBytes(body)));
    }
}

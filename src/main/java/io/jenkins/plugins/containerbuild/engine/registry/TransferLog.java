package io.jenkins.plugins.containerbuild.engine.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the stream of JSON objects with which the Engine tells of a push or a pull: remembers the digest and the error,
 * and passes progress on, a few times a minute instead of a few times a second.
 */
final class TransferLog {

    private static final long PROGRESS_INTERVAL_NANOS = 5_000_000_000L;
    private static final int MOST_LAYERS = 10_000;

    private static final Set<String> DONE = Set.of("Pushed", "Layer already exists", "Pull complete", "Already exists");
    private static final Pattern DIGEST = Pattern.compile("\\b(sha256:[0-9a-f]{64})\\b");
    private static final Pattern RETRYING = Pattern.compile("Retrying in (\\d+) seconds?");

    private record Layer(boolean done, long bytes, long total, int retryingIn) {}

    private final String action;
    private final String reference;
    private final EngineListener listener;
    private final LongSupplier nanoTime;
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private long lastProgress;
    private Digest digest;
    private String error;

    TransferLog(String action, String reference, EngineListener listener, LongSupplier nanoTime) {
        this.action = action;
        this.reference = reference;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.lastProgress = nanoTime.getAsLong();
    }

    void read(JsonNode object) {
        String message = object.path("errorDetail")
                .path("message")
                .asText(object.path("error").asText(""));
        if (!message.isEmpty()) {
            error = message;
            return;
        }
        String status = object.path("status").asText("");
        readDigest(object.path("aux").path("Digest").asText(""), status);
        String id = object.path("id").asText("");
        if (!id.isEmpty() && (layers.containsKey(id) || layers.size() < MOST_LAYERS)) {
            readLayer(id, status, object.path("progressDetail"));
        }
        report();
    }

    private void readDigest(String aux, String status) {
        // A push tells it as data and, before that, in words; a pull in words only: "Digest: sha256:...".
        boolean told = status.startsWith("Digest: ") || status.contains(": digest: ");
        Matcher matcher = DIGEST.matcher(aux.isEmpty() && told ? status : aux);
        if (matcher.find()) {
            digest = Digest.parse(matcher.group(1));
        }
    }

    private void readLayer(String id, String status, JsonNode progress) {
        Layer before = layers.get(id);
        Matcher retrying = RETRYING.matcher(status);
        int seconds = retrying.matches() ? Integer.parseInt(retrying.group(1)) : 0;
        // The daemon counts down; only the beginning of a countdown is worth a line.
        if (seconds > 0 && (before == null || before.retryingIn() < seconds)) {
            listener.on(new EngineEvent.Note("The daemon tries layer " + id + " again in " + seconds + " s"));
        }
        if (status.startsWith("Pulling from ") || status.equals("Waiting") && before != null) {
            return;
        }
        boolean done = DONE.contains(status) || status.startsWith("Mounted from ");
        layers.put(
                id,
                new Layer(
                        done,
                        progress.path("current").asLong(),
                        progress.path("total").asLong(),
                        seconds));
    }

    private void report() {
        long now = nanoTime.getAsLong();
        if (now - lastProgress < PROGRESS_INTERVAL_NANOS || layers.isEmpty()) {
            return;
        }
        lastProgress = now;
        int done = layersDone();
        long bytes = 0;
        long total = 0;
        for (Layer layer : layers.values()) {
            bytes += layer.done() ? 0 : layer.bytes();
            total += layer.done() ? 0 : layer.total();
        }
        listener.on(new EngineEvent.Transfer(action, reference, done, layers.size(), bytes, total));
    }

    /** How many layers are where they have to be. */
    int layersDone() {
        return (int) layers.values().stream().filter(Layer::done).count();
    }

    /** The digest that the daemon told, or null. */
    Digest digest() {
        return digest;
    }

    /** The error that ended the stream, or null. */
    String error() {
        return error;
    }
}

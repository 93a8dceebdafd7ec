package io.jenkins.plugins.containerbuild.engine.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts images out of an archive among a daemon's images: {@code POST /images/load}. */
public final class ImageLoad {

    private static final Pattern LOADED = Pattern.compile("Loaded image(?: ID)?: (\\S+)");

    private final EngineConnection connection;

    /** @param connection the daemon */
    public ImageLoad(EngineConnection connection) {
        this.connection = connection;
    }

    /**
     * Sends the archive as it is read, and waits for the daemon.
     *
     * @param archive one image as {@code docker save} writes it; read to its end, not closed
     * @return the image's name or id, as the daemon tells it
     * @throws EngineException when the daemon does not take it, or the archive breaks off
     * @throws InterruptedException when the thread was interrupted
     */
    public String load(InputStream archive) throws EngineException, InterruptedException {
        AtomicReference<String> loaded = new AtomicReference<>();
        AtomicReference<String> refusal = new AtomicReference<>();
        DaemonRequest request = DaemonRequest.post("/images/load")
                .query("quiet", "1")
                .header("Content-Type", "application/x-tar")
                .body(archive);
        try {
            connection.stream(request, piece -> read(piece, loaded, refusal));
        } catch (DaemonRefusal e) {
            throw refused(e.getMessage(), e);
        } catch (IOException e) {
            throw connection.lost(e);
        }
        if (refusal.get() != null || loaded.get() == null) {
            throw refused(refusal.get() == null ? "it does not say which image it was" : refusal.get(), null);
        }
        return loaded.get();
    }

    private static void read(JsonNode piece, AtomicReference<String> loaded, AtomicReference<String> refusal) {
        String error = piece.path("errorDetail")
                .path("message")
                .asText(piece.path("error").asText(""));
        if (!error.isEmpty()) {
            refusal.set(error);
        }
        Matcher name = LOADED.matcher(piece.path("stream").asText(""));
        if (name.find()) {
            loaded.set(name.group(1));
        }
    }

    private EngineException refused(String why, Exception cause) {
        return new EngineException(
                "could not load the image into the " + connection.info().product() + " at "
                        + connection.info().uri(),
                why,
                why.contains("no space left") ? "Free space on the daemon's disk" : "Look into the daemon's log",
                cause);
    }
}

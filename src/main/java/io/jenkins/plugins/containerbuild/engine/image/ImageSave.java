package io.jenkins.plugins.containerbuild.engine.image;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads images out of a daemon as {@code docker save} does: {@code GET /images/ID/get}. */
public final class ImageSave {

    /** How {@code docker info} calls the kind of store that keeps images as registries have them. */
    private static final String CONTAINERD = "io.containerd.snapshotter.v1";

    private final EngineConnection connection;

    /** @param connection the daemon */
    public ImageSave(EngineConnection connection) {
        this.connection = connection;
    }

    /** Reads the stream of a saved image. */
    @FunctionalInterface
    public interface Reader {

        /**
         * Reads; the caller closes the stream.
         *
         * @throws IOException when the stream breaks off or is no archive of an image
         */
        void read(InputStream tar) throws IOException, EngineException, InterruptedException;
    }

    /** Carries what the reader threw through the transport. */
    private static final class Carrier extends IOException {

        private static final long serialVersionUID = 1L;

        private final EngineException failure;

        Carrier(EngineException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    /** The daemon, for messages. */
    public String daemon() {
        return connection.info().product() + " at " + connection.info().uri();
    }

    /**
     * Whether the daemon keeps images as registries have them, manifests and compressed layers, and saves them so.
     *
     * @throws EngineException when it does not answer
     * @throws InterruptedException when the thread was interrupted
     */
    public boolean keepsBlobs() throws EngineException, InterruptedException {
        try {
            return connection.call(docker -> {
                List<List<String>> facts = docker.infoCmd().exec().getDriverStatuses();
                return facts != null && facts.stream().anyMatch(fact -> fact.contains(CONTAINERD));
            });
        } catch (DaemonRefusal e) {
            throw new EngineException(
                    "could not ask the " + daemon() + " how it keeps images",
                    "it answered: " + e.getMessage(),
                    "Look into the daemon's log for more",
                    e);
        }
    }

    /**
     * Has the daemon save an image, and the stream read as it comes, on another thread.
     *
     * @param imageId the image
     * @param reader need not read all of it
     * @throws EngineException when there is no such image, the stream broke off or is no image, or as the reader throws it
     * @throws InterruptedException when the thread was interrupted; the reader has ended then
     */
    public void read(Digest imageId, Reader reader) throws EngineException, InterruptedException {
        try {
            connection.exchange(DaemonRequest.get("/images/" + imageId + "/get"), null, body -> {
                try {
                    reader.read(body);
                } catch (EngineException e) {
                    throw new Carrier(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("reading the image was interrupted", e);
                }
                return null;
            });
        } catch (DaemonRefusal e) {
            throw refused(imageId, e);
        } catch (Carrier e) {
            throw e.failure;
        } catch (IOException e) {
            throw new EngineException(
                    "could not read the image " + imageId + " out of the " + daemon(),
                    e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(),
                    "Look into the daemon's log and at its disk, where it prepares what it sends, and try again",
                    e);
        }
    }

    private EngineException refused(Digest imageId, DaemonRefusal e) {
        if (e.status() == 404) {
            return new InvalidRequestException(
                    "could not find the image " + imageId,
                    "the " + daemon() + " has no such image any more",
                    "Another build or a clean-up may have removed it; build or pull it again");
        }
        return new EngineException(
                "could not read the image " + imageId + " out of the " + daemon(),
                "it answered: " + e.getMessage(),
                "Look into the daemon's log and at its disk, where it prepares what it sends",
                e);
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.grpc.stub.StreamObserver;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.file.ReceivedTree;
import io.jenkins.plugins.containerbuild.engine.file.TargetPlace;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes files into a directory. With several platforms the daemon opens one stream for each of them, at the same time;
 * their packets are taken one after the other.
 */
final class LocalTarget implements OutputTarget {

    private final TargetPlace place;
    private final EngineListener listener;
    private final List<TreeStream> streams = new ArrayList<>();
    private Path directory;
    private boolean warned;
    private boolean over;
    private EngineException failure;

    /**
     * @param place the directory
     * @param listener warned of what cannot be written
     */
    LocalTarget(TargetPlace place, EngineListener listener) {
        this.place = place;
        this.listener = listener;
    }

    @Override
    public synchronized void begin() {
        discard();
        over = false;
        failure = null;
    }

    @Override
    public synchronized StreamObserver<byte[]> receive(StreamObserver<byte[]> daemon) {
        TreeStream stream = new TreeStream(this, daemon);
        streams.add(stream);
        return stream;
    }

    @Override
    public synchronized String keep() throws EngineException {
        if (streams.isEmpty() || !streams.stream().allMatch(TreeStream::isComplete)) {
            throw new EngineException(
                    Exports.TROUBLE.what(place.path()),
                    "the daemon ended the build without having sent all of it",
                    "Look into the daemon's log");
        }
        return String.valueOf(directory);
    }

    @Override
    public synchronized void discard() {
        over = true;
        streams.forEach(TreeStream::abandon);
        streams.clear();
    }

    @Override
    public synchronized EngineException failure() {
        return failure;
    }

    /** Something to be done with the directory. */
    interface Step {
        void run() throws EngineException, IOException;
    }

    /**
     * The directory, for one stream.
     *
     * @throws EngineException when it may not be written to
     * @throws IOException when it cannot be made
     */
    synchronized ReceivedTree open() throws EngineException, IOException {
        directory = Files.createDirectories(place.directory());
        return new ReceivedTree(directory);
    }

    /**
     * Does a step of one of the streams.
     *
     * @return false when it failed, now or at an earlier step; nothing more is written then
     */
    synchronized boolean take(Step step) {
        if (over || failure != null) {
            return false;
        }
        try {
            step.run();
            return true;
        } catch (EngineException e) {
            failure = e;
        } catch (IOException e) {
            failure = place.explain(e);
        }
        return false;
    }

    /** Tells of the first thing that no user but root can make. */
    synchronized void skip(String path, String kind) {
        if (!warned) {
            warned = true;
            listener.on(new EngineEvent.Warning("The output " + place.path() + " is without '"
                    + Printable.shortened(path) + "': it is a " + kind
                    + ". Devices, pipes and sockets are left out"));
        }
    }

    /** What it is, for the daemon. */
    String description() {
        return place.path().toString();
    }
}

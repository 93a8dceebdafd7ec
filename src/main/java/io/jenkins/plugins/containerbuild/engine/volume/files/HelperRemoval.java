package io.jenkins.plugins.containerbuild.engine.volume.files;

import com.github.dockerjava.api.DockerClient;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.Aftermath;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Removes a helper container and its image. A daemon that was asked to make something may still be at it when its client goes
 * away, so what may be there is looked for a while.
 */
final class HelperRemoval {

    private static final long LATEST_MILLIS = 1500;
    private static final long PAUSE_MILLIS = 100;
    private static final int NOT_FOUND = 404;

    private final EngineConnection connection;
    private final EngineListener listener;
    private final String container;
    private final String image;
    private volatile Presence containerIs = Presence.NO;
    private volatile Presence imageIs = Presence.NO;

    private enum Presence {
        NO,
        MAYBE,
        YES
    }

    HelperRemoval(EngineConnection connection, EngineListener listener, String container, String image) {
        this.connection = connection;
        this.listener = listener;
        this.container = container;
        this.image = image;
    }

    void imageMayBe() {
        imageIs = Presence.MAYBE;
    }

    void imageIs() {
        imageIs = Presence.YES;
    }

    void containerMayBe() {
        containerIs = Presence.MAYBE;
    }

    void containerIs() {
        containerIs = Presence.YES;
    }

    /**
     * Removes both; a warning tells of what could not be removed. Never throws.
     *
     * @param interrupted whether the caller was interrupted
     */
    void run(boolean interrupted) {
        if (imageIs == Presence.NO) {
            return;
        }
        String left = Aftermath.of(connection, interrupted, fresh -> {
            remove(
                    fresh,
                    containerIs,
                    docker -> docker.removeContainerCmd(container)
                            .withForce(true)
                            .withRemoveVolumes(true)
                            .exec());
            remove(
                    fresh,
                    imageIs,
                    docker -> docker.removeImageCmd(image).withForce(true).exec());
        });
        if (left != null) {
            listener.on(new EngineEvent.Warning(
                    "Could not remove the helper container " + container + " or its image " + image + ": " + left));
        }
    }

    private static void remove(EngineConnection fresh, Presence presence, Consumer<DockerClient> call)
            throws DaemonRefusal, EngineException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LATEST_MILLIS);
        boolean missing = presence != Presence.NO;
        while (missing) {
            missing = !found(fresh, call) && presence == Presence.MAYBE && System.nanoTime() < end;
            if (missing) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    private static boolean found(EngineConnection fresh, Consumer<DockerClient> call)
            throws DaemonRefusal, EngineException, InterruptedException {
        try {
            fresh.call(docker -> {
                call.accept(docker);
                return null;
            });
            return true;
        } catch (DaemonRefusal e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
            return false;
        }
    }
}

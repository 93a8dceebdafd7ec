package io.jenkins.plugins.containerbuild.cleanup;

import java.util.Objects;

/** An image that a build made. Is saved. */
final class MadeImage {

    private final UsedDaemon daemon;
    private final String id;

    /**
     * @param daemon where it is
     * @param id the image's id
     */
    MadeImage(UsedDaemon daemon, String id) {
        this.daemon = daemon;
        this.id = id;
    }

    UsedDaemon daemon() {
        return daemon;
    }

    String id() {
        return id;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MadeImage image && daemon.equals(image.daemon) && id.equals(image.id);
    }

    @Override
    public int hashCode() {
        return Objects.hash(daemon, id);
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import io.jenkins.plugins.containerbuild.engine.build.context.ContextFiles;
import io.jenkins.plugins.containerbuild.engine.build.context.PathPatterns;
import java.io.IOException;
import java.util.Objects;

/**
 * A directory that a daemon may ask for by its name. It may be asked for several times, also at the same time.
 *
 * @param place where it is, which no other directory is; of a Dockerfile the file itself
 * @param listing finds what is in it
 */
public record SyncDirectory(String place, Listing listing) {

    /** Refuses null. */
    public SyncDirectory {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(listing, "listing");
    }

    /** Finds what is in a directory. */
    public interface Listing {

        /**
         * What is in it now, as far as the daemon asks for it.
         *
         * @throws IOException with a full message when it cannot be read or a pattern is none
         */
        ContextFiles files(PathPatterns patterns) throws IOException;
    }

    /** As the listing's. */
    public ContextFiles files(PathPatterns patterns) throws IOException {
        return listing.files(patterns);
    }
}

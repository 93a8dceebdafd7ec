package io.jenkins.plugins.containerbuild.engine.volume;

import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import java.io.Serializable;
import java.util.Objects;

/**
 * Names a volume and a gzip-compressed tar archive of its files on the machine where the engine runs, for writing the one
 * from the other. The archive holds paths from the volume's root on ({@code ./}), numbers of owners, modes and times.
 *
 * @param volume the volume's name, which has to be there; not null
 * @param file the archive: absolute, or relative to the root; not null
 * @param root what the file must not lie outside of, also not through symbolic links; null for no limit
 * @param maker who asks
 */
public record ArchiveRequest(String volume, String file, String root, Maker maker) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Checks that nothing is missing. */
    public ArchiveRequest {
        Objects.requireNonNull(volume, "volume");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(maker, "maker");
    }
}

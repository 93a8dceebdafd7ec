package io.jenkins.plugins.containerbuild.engine.volume;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import java.io.Serializable;
import java.util.Objects;

/**
 * Asks for a copy between the machine where the engine runs and a volume, in one of both directions. What is in a directory
 * comes into the directory {@code to}, which is made where it is missing; a file comes to the path {@code to}, or into it
 * where it is a directory or ends with a slash. What has the same name is replaced; a directory is never replaced by a file.
 *
 * @param from where it comes from
 * @param to where it goes; exactly one of both is in a volume
 * @param root what the path on this machine must not lie outside of, also not through symbolic links: a Jenkins
 *     workspace; null for no limit
 * @param owner who is to own the copies in a volume; null for the same numbers as here. On this machine copies belong to
 *     the user of this process
 * @param maker who asks
 */
public record CopyRequest(CopyPlace from, CopyPlace to, String root, VolumeOwner owner, Maker maker)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Checks that nothing is missing. */
    public CopyRequest {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(maker, "maker");
    }

    /**
     * A copy whose files keep their owners' numbers.
     *
     * @throws InvalidRequestException when none or both of the places are in a volume
     */
    public static CopyRequest of(CopyPlace from, CopyPlace to, String root, Maker maker)
            throws InvalidRequestException {
        if (from.isInVolume() == to.isInVolume()) {
            throw new InvalidRequestException(
                    "could not copy " + from + " to " + to,
                    from.isInVolume() ? "both are in volumes" : "neither is in a volume",
                    "Write one of them as a volume with a path, such as m2:/repository; from volume to volume copy by way"
                            + " of a directory");
        }
        return new CopyRequest(from, to, root, null, maker);
    }

    /** The same, with another owner of the copies in a volume. */
    public CopyRequest withOwner(VolumeOwner newOwner) {
        return new CopyRequest(from, to, root, newOwner, maker);
    }
}

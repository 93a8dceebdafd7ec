package io.jenkins.plugins.containerbuild.engine.volume.spec;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A volume as a container is given it. The kinds are told apart by what stands in front, by the rules of the docker CLI
 * ({@code --volume} and {@code --mount}) and of the Compose specification (short and long syntax): a source that begins with
 * a dot, a slash, a tilde or a drive letter is a path, any other one a volume's name, none an anonymous volume.
 *
 * @param kind which kind; not null
 * @param source the path on the host, or the volume's name; null for the other kinds
 * @param target where it is in the container, absolute; not null
 * @param readOnly whether the container may only read it
 * @param options everything else; not null
 */
public record VolumeSpec(Kind kind, String source, String target, boolean readOnly, MountOptions options)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The kinds. */
    public enum Kind {
        /** A file or directory of the machine where the daemon runs: {@code ./data:/data}. */
        HOST_PATH,
        /** A volume that stays: {@code m2:/root/.m2}. */
        NAMED,
        /** A volume that goes with its container: {@code /data}. */
        ANONYMOUS,
        /** A file system in memory: {@code type=tmpfs,target=/tmp}. */
        TMPFS
    }

    /** Checks that nothing is missing. */
    public VolumeSpec {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(options, "options");
    }

    /**
     * Reads a text: {@code [SOURCE:]TARGET[:OPTION,...]}, or {@code type=volume,source=m2,target=/root/.m2,...}.
     *
     * @param text not null
     * @throws InvalidRequestException when it is neither
     */
    public static VolumeSpec parse(String text) throws InvalidRequestException {
        String trimmed = text.trim();
        if (trimmed.isEmpty()) {
            throw MountText.unreadable(text, "it is empty");
        }
        return MountSyntax.isMount(trimmed) ? MountSyntax.parse(trimmed) : ShortSyntax.parse(trimmed);
    }

    /**
     * The same with its host path absolute and allowed; other kinds stay as they are.
     *
     * @param workspace what relative host paths are relative to; not null
     * @param policy which host paths are allowed beside those in the workspace; not null
     * @throws InvalidRequestException when it is not allowed
     */
    public VolumeSpec resolved(Path workspace, HostPathPolicy policy) throws InvalidRequestException {
        return kind == Kind.HOST_PATH ? withSource(policy.allow(workspace, this).toString()) : this;
    }

    private VolumeSpec withSource(String path) {
        return new VolumeSpec(kind, path, target, readOnly, options);
    }
}

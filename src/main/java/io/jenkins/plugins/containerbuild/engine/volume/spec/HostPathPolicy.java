package io.jenkins.plugins.containerbuild.engine.volume.spec;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Which host paths containers may be given. Whoever can mount a path of the daemon's host can do there whatever root can,
 * so that only paths in the workspace are allowed unless an admin allows more.
 *
 * @param anywhere whether every path is allowed
 * @param allowed absolute paths that are allowed with all below them
 */
public record HostPathPolicy(boolean anywhere, List<String> allowed) implements Serializable {

    /** Paths in the workspace alone. */
    public static final HostPathPolicy WORKSPACE = new HostPathPolicy(false, List.of());

    /** Every path: for somebody who has the daemon for themselves anyway. */
    public static final HostPathPolicy ANYWHERE = new HostPathPolicy(true, List.of());

    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public HostPathPolicy {
        allowed = List.copyOf(allowed);
    }

    /** See {@link #allow(Path, String, String)}. */
    Path allow(Path workspace, VolumeSpec spec) throws InvalidRequestException {
        String source = String.valueOf(spec.source());
        return allow(
                workspace,
                source,
                "could not mount the host path " + Printable.shortened(source) + " at " + spec.target());
    }

    /**
     * The absolute path of a host path. Links in it are followed: what counts is where it leads to. What is not there yet
     * counts by the first directory above it that is.
     *
     * @param workspace what relative paths are relative to, and where every path is allowed
     * @param source the path
     * @param what what it is for, for messages
     * @throws InvalidRequestException when it is not allowed
     */
    public Path allow(Path workspace, String source, String what) throws InvalidRequestException {
        if (File.separatorChar == '/' && (MountText.isDrive(source) || source.startsWith("\\\\"))) {
            throw new InvalidRequestException(
                    what, "it is a path of Windows, which this machine does not run", "Give a path of this machine");
        }
        try {
            Path home = Path.of(System.getProperty("user.home"));
            Path path = source.equals("~") || source.startsWith("~/")
                    ? home.resolve(source.substring(Math.min(2, source.length())))
                    : workspace.resolve(source);
            Path absolute = path.toAbsolutePath().normalize();
            Path real = real(absolute);
            if (anywhere || real.startsWith(workspace.toRealPath()) || isAllowed(real)) {
                return real;
            }
            throw new InvalidRequestException(
                    what,
                    "it leads to " + Printable.escaped(real.toString()) + ", which is outside the workspace "
                            + workspace,
                    "Use a path in the workspace or a named volume, or ask an admin to allow the path");
        } catch (InvalidPathException | IOException e) {
            throw new InvalidRequestException(
                    what, String.valueOf(e.getMessage()), "Check the path and the directories on the way", e);
        }
    }

    /**
     * Whether a place on the daemon's host may be used that no workspace has anything to do with.
     *
     * @param source an absolute path
     * @param what what it is for, for messages
     * @throws InvalidRequestException when no admin has allowed it
     */
    void allowOutside(String source, String what) throws InvalidRequestException {
        try {
            Path path = Path.of(source);
            if (anywhere || path.isAbsolute() && isAllowed(real(path.normalize()))) {
                return;
            }
        } catch (InvalidPathException | IOException e) {
            throw new InvalidRequestException(what, String.valueOf(e.getMessage()), "Check the path", e);
        }
        throw new InvalidRequestException(
                what,
                "host paths are not allowed, but for those that an admin names",
                "Use a volume without a device, or ask an admin to allow the path");
    }

    private boolean isAllowed(Path real) {
        return allowed.stream().anyMatch(path -> real.startsWith(Path.of(path).normalize()));
    }

    private static Path real(Path absolute) throws IOException {
        Path there = absolute;
        for (Path up = there.getParent(); up != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS); ) {
            there = up;
            up = there.getParent();
        }
        return there.toRealPath().resolve(there.relativize(absolute)).normalize();
    }
}

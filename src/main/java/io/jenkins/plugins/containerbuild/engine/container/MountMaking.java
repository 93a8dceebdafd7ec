package io.jenkins.plugins.containerbuild.engine.container;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.BindOptions;
import com.github.dockerjava.api.model.BindPropagation;
import com.github.dockerjava.api.model.Driver;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.SELContext;
import com.github.dockerjava.api.model.TmpfsOptions;
import com.github.dockerjava.api.model.Volume;
import com.github.dockerjava.api.model.VolumeOptions;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import io.jenkins.plugins.containerbuild.engine.volume.spec.MountOptions;
import io.jenkins.plugins.containerbuild.engine.volume.spec.VolumeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Turns the mounts of a request into docker-java's. */
final class MountMaking {

    private final ContainerFiles files;
    private final HostPaths hostPaths;
    private final Map<String, String> labels;
    private final Map<String, String> anonymousLabels;
    private final boolean subpaths;

    /**
     * @param hostPaths where host paths lie; null when there are none
     * @param ownership the container's
     * @param subpaths whether the daemon can mount a part of a volume
     */
    MountMaking(ContainerFiles files, HostPaths hostPaths, Ownership ownership, boolean subpaths) {
        this.files = files;
        this.subpaths = subpaths;
        this.hostPaths = hostPaths;
        // A named volume that is made along with the container stays, as it does with docker run.
        labels = new Ownership(ownership.maker(), Scope.PERMANENT, ownership.created(), null).labels();
        anonymousLabels = ownership.labels();
    }

    /**
     * Adds them.
     *
     * @return whether a part of a volume is among them
     * @throws EngineException when a host path is not allowed, missing, or cannot be seen by the daemon
     */
    boolean addTo(HostConfig host) throws EngineException {
        List<Mount> mounts = new ArrayList<>();
        Bind[] others = host.getBinds();
        List<Bind> binds = new ArrayList<>(others == null ? List.of() : List.of(others));
        boolean parts = false;
        for (VolumeSpec volume : files.volumes()) {
            if (volume.options().subpath() != null && !subpaths) {
                throw new InvalidRequestException(
                        "could not mount " + volume.options().subpath() + " of the volume " + volume.source() + " at "
                                + volume.target(),
                        "the daemon cannot mount a part of a volume",
                        "Mount all of it, or use Docker Engine 26 or newer");
            }
            VolumeSpec resolved = volume.kind() == VolumeSpec.Kind.HOST_PATH ? hostPath(volume) : volume;
            parts |= resolved.options().subpath() != null;
            if (resolved.options().selinux() == null) {
                mounts.add(mount(resolved));
            } else {
                // Labels for SELinux can be asked for in this form alone.
                binds.add(new Bind(
                        String.valueOf(resolved.source()),
                        new Volume(resolved.target()),
                        resolved.readOnly() ? AccessMode.ro : AccessMode.rw,
                        SELContext.fromString(resolved.options().selinux())));
            }
        }
        if (!mounts.isEmpty()) {
            host.withMounts(mounts);
        }
        if (!binds.isEmpty()) {
            host.withBinds(binds);
        }
        return parts;
    }

    private VolumeSpec hostPath(VolumeSpec volume) throws EngineException {
        String what = "could not mount the host path " + volume.source() + " at " + volume.target();
        Path workspace = Path.of(Objects.requireNonNull(files.workspace(), "host paths need a workspace"));
        VolumeSpec allowed = volume.resolved(workspace, files.policy());
        Path path = Path.of(allowed.source());
        if (!Files.exists(path)) {
            if (!Boolean.TRUE.equals(volume.options().createHostPath())) {
                throw new InvalidRequestException(what, "there is no " + path, "Create it first, or check the path");
            }
            try {
                // By the agent: the daemon would make it root's.
                Files.createDirectories(path);
            } catch (IOException e) {
                throw new InvalidRequestException(
                        what, path + " could not be created: " + e.getMessage(), "Create it first", e);
            }
        }
        return translated(what, path, allowed);
    }

    /** A volume of the agent's own container is mounted as one where the Engine can do that, by its path where not. */
    private VolumeSpec translated(String what, Path path, VolumeSpec spec) throws EngineException {
        HostPaths.Place place = hostPaths.place(what, path);
        MountOptions options = spec.options();
        boolean ofPaths = options.selinux() != null || options.propagation() != null;
        if (place.volume() == null || ofPaths || !(place.path().isEmpty() || subpaths)) {
            return new VolumeSpec(
                    spec.kind(), hostPaths.translate(what, path), spec.target(), spec.readOnly(), options);
        }
        MountOptions part = new MountOptions(
                null,
                null,
                null,
                null,
                true,
                place.path().isEmpty() ? null : place.path(),
                null,
                null,
                Map.of(),
                Map.of(),
                null,
                null);
        return new VolumeSpec(VolumeSpec.Kind.NAMED, place.volume(), spec.target(), spec.readOnly(), part);
    }

    private Mount mount(VolumeSpec volume) {
        MountOptions options = volume.options();
        Mount mount = new Mount().withTarget(volume.target()).withReadOnly(volume.readOnly());
        return switch (volume.kind()) {
            case HOST_PATH -> {
                String propagation = options.propagation();
                Mount bind = mount.withType(MountType.BIND).withSource(volume.source());
                yield propagation == null
                        ? bind
                        : bind.withBindOptions(new BindOptions().withPropagation(propagation(propagation)));
            }
            case NAMED ->
                mount.withType(MountType.VOLUME)
                        .withSource(volume.source())
                        .withVolumeOptions(volumeOptions(options, labels));
            case ANONYMOUS ->
                mount.withType(MountType.VOLUME).withVolumeOptions(volumeOptions(options, anonymousLabels));
            case TMPFS -> {
                Long size = options.tmpfsSize();
                Integer mode = options.tmpfsMode();
                yield size == null && mode == null
                        ? mount.withType(MountType.TMPFS)
                        : mount.withType(MountType.TMPFS)
                                .withTmpfsOptions(
                                        new TmpfsOptions().withSizeBytes(size).withMode(mode));
            }
        };
    }

    private static BindPropagation propagation(String text) {
        String name = text.startsWith("r") ? "r_" + text.substring(1) : text;
        return BindPropagation.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** A volume that is made along with the container says whose it is, too. */
    private static VolumeOptions volumeOptions(MountOptions options, Map<String, String> labels) {
        Map<String, String> all = new HashMap<>(options.labels());
        all.putAll(labels);
        VolumeOptions wanted =
                new PartOfVolume(options.subpath()).withLabels(all).withNoCopy(options.nocopy());
        if (options.driver() != null || !options.driverOpts().isEmpty()) {
            wanted.withDriverConfig(new Driver().withName(options.driver()).withOptions(options.driverOpts()));
        }
        return wanted;
    }

    /** docker-java has no field for that. */
    private static final class PartOfVolume extends VolumeOptions {

        private static final long serialVersionUID = 1L;

        private final String subpath;

        PartOfVolume(String subpath) {
            this.subpath = subpath;
        }

        /** The path in the volume; null for its root. */
        @JsonProperty("Subpath")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public String getSubpath() {
            return subpath;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof PartOfVolume part && super.equals(part) && Objects.equals(subpath, part.subpath);
        }

        @Override
        public int hashCode() {
            return Objects.hash(super.hashCode(), subpath);
        }
    }
}

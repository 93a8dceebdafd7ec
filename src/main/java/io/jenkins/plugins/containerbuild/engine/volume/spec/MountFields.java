package io.jenkins.plugins.containerbuild.engine.volume.spec;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.ByteSize;
import io.jenkins.plugins.containerbuild.engine.volume.VolumePath;
import io.jenkins.plugins.containerbuild.engine.volume.spec.VolumeSpec.Kind;
import java.util.Locale;
import java.util.Set;

/** The fields of {@code --mount}, in any order; what they mean together is checked at the end. */
final class MountFields {

    private static final Set<String> ON = Set.of("", "1", "t", "true");
    private static final Set<String> OFF = Set.of("0", "f", "false");

    private final String text;
    private final MountOptionsBuilder options = new MountOptionsBuilder();
    private String type = "volume";
    private String source;
    private String target;
    private boolean readOnly;
    /** A field that is for one type alone, and that type. */
    private String special;

    private String specialType;

    MountFields(String text) {
        this.text = text;
    }

    /**
     * Takes a field.
     *
     * @param key in lower case
     * @param value nothing for a key alone
     */
    void add(String key, String value) throws InvalidRequestException {
        switch (key) {
            case "type" -> type = value.toLowerCase(Locale.ROOT);
            case "source", "src" -> source = value;
            case "target", "destination", "dst" -> target = value;
            case "readonly", "ro" -> readOnly = flag(key, value);
            case "consistency" ->
                options.consistency(
                        MountText.oneOf(text, key, MountText.CONSISTENCIES, value.toLowerCase(Locale.ROOT)));
            default -> addSpecial(key, value);
        }
    }

    private void addSpecial(String key, String value) throws InvalidRequestException {
        if (!key.startsWith("bind-") && !key.startsWith("volume-") && !key.startsWith("tmpfs-")) {
            throw MountText.unreadable(text, "there is no field '" + key + "'");
        }
        if (specialType != null && !key.startsWith(specialType)) {
            throw MountText.unreadable(text, "'" + special + "' and '" + key + "' are for different types");
        }
        special = key;
        specialType = key.substring(0, key.indexOf('-'));
        switch (key) {
            case "bind-propagation" ->
                options.propagation(MountText.oneOf(text, key, MountText.PROPAGATIONS, value.toLowerCase(Locale.ROOT)));
            case "bind-recursive" -> options.recursive(MountText.oneOf(text, key, MountText.RECURSIONS, value));
            case "bind-nonrecursive" -> options.recursive(flag(key, value) ? "disabled" : "enabled");
            case "bind-create-src" -> options.createHostPath(flag(key, value));
            case "bind-selinux" -> options.selinux(MountText.oneOf(text, "selinux", MountText.SELINUX, value));
            case "volume-nocopy" -> options.nocopy(flag(key, value));
            case "volume-subpath" -> options.subpath(subpath(value));
            case "volume-driver" -> options.driver(value);
            case "volume-opt" -> options.driverOpt(name(key, value), afterEquals(value));
            case "volume-label" -> options.label(name(key, value), afterEquals(value));
            case "tmpfs-size" -> options.tmpfsSize(ByteSize.parse(value));
            case "tmpfs-mode" -> options.tmpfsMode(mode(value));
            default -> throw MountText.unreadable(text, "there is no field '" + key + "'");
        }
    }

    private boolean flag(String key, String value) throws InvalidRequestException {
        String word = value.toLowerCase(Locale.ROOT);
        if (!ON.contains(word) && !OFF.contains(word)) {
            throw MountText.unreadable(text, key + " is true or false, not '" + value + "'");
        }
        return ON.contains(word);
    }

    private String subpath(String value) throws InvalidRequestException {
        try {
            if (value.startsWith("/") || VolumePath.names(value).isEmpty()) {
                throw MountText.unreadable(
                        text, "the subpath is relative to the volume's root, and not the root itself");
            }
            return String.join("/", VolumePath.names(value));
        } catch (IllegalArgumentException e) {
            throw MountText.unreadable(text, "the subpath: " + e.getMessage());
        }
    }

    private String name(String key, String value) throws InvalidRequestException {
        String name = value.substring(0, Math.max(0, value.indexOf('=')));
        if (name.isEmpty()) {
            throw MountText.unreadable(text, key + " needs NAME=VALUE");
        }
        return name;
    }

    private static String afterEquals(String value) {
        return value.substring(value.indexOf('=') + 1);
    }

    private int mode(String value) throws InvalidRequestException {
        if (!value.matches("[0-7]{1,5}")) {
            throw MountText.unreadable(text, "tmpfs-mode is octal, such as 1777, not '" + value + "'");
        }
        return Integer.parseInt(value, 8);
    }

    /** What the fields mean. */
    VolumeSpec spec() throws InvalidRequestException {
        boolean sourced = source != null && !source.isEmpty();
        Kind kind =
                switch (type) {
                    case "bind" -> Kind.HOST_PATH;
                    case "volume" -> sourced ? Kind.NAMED : Kind.ANONYMOUS;
                    case "tmpfs" -> Kind.TMPFS;
                    default ->
                        throw MountText.unreadable(
                                text, "there is no type '" + type + "'; there are bind, volume and tmpfs");
                };
        if (specialType != null && !specialType.equals(type)) {
            throw MountText.unreadable(text, "'" + special + "' is not for the type " + type);
        }
        if (kind == Kind.HOST_PATH && !sourced) {
            throw MountText.unreadable(text, "the type bind needs a source");
        }
        if (kind == Kind.TMPFS && sourced) {
            throw MountText.unreadable(text, "the type tmpfs has no source");
        }
        MountText.check(text, kind, source, target);
        return new VolumeSpec(kind, sourced ? source : null, target, readOnly, options.build());
    }
}

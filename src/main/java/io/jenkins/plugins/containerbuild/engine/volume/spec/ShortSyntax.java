package io.jenkins.plugins.containerbuild.engine.volume.spec;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.volume.spec.VolumeSpec.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code [SOURCE:]TARGET[:OPTION,...]}, by the rules that the docker CLI and Compose share: a single letter before a colon is
 * a drive. Both pass over options that they do not know; here they are an error, since such a mistake would mount something
 * writable that was meant to be read.
 */
final class ShortSyntax {

    private ShortSyntax() {}

    static VolumeSpec parse(String text) throws InvalidRequestException {
        List<String> parts = split(text);
        if (parts.size() > 3) {
            throw MountText.unreadable(text, "it has too many colons");
        }
        if (parts.contains("")) {
            throw MountText.unreadable(text, "nothing stands between two colons, or at an end");
        }
        String source = parts.size() == 1 ? null : parts.get(0);
        String target = parts.size() == 1 ? parts.get(0) : parts.get(1);
        Kind kind = MountText.kind(source);
        MountText.check(text, kind, source, target);
        MountOptionsBuilder options = new MountOptionsBuilder();
        boolean readOnly = false;
        for (String option : parts.size() == 3 ? parts.get(2).split(",", -1) : new String[0]) {
            if (option.equals("ro") || option.equals("rw")) {
                readOnly = option.equals("ro");
            } else {
                read(text, kind, option, options);
            }
        }
        if (kind == Kind.HOST_PATH) {
            options.createHostPath(true);
        }
        return new VolumeSpec(kind, source, target, readOnly, options.build());
    }

    private static void read(String text, Kind kind, String option, MountOptionsBuilder options)
            throws InvalidRequestException {
        if (MountText.SELINUX.contains(option)) {
            options.selinux(option);
        } else if (option.equals("nocopy")) {
            if (kind == Kind.HOST_PATH) {
                throw MountText.unreadable(text, "'nocopy' is for volumes, not for host paths");
            }
            options.nocopy(true);
        } else if (MountText.PROPAGATIONS.contains(option)) {
            if (kind != Kind.HOST_PATH) {
                throw MountText.unreadable(text, "'" + option + "' is for host paths, not for volumes");
            }
            options.propagation(option);
        } else if (MountText.CONSISTENCIES.contains(option)) {
            options.consistency(option);
        } else {
            throw MountText.unreadable(text, "there is no option '" + option + "'");
        }
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int begin = 0;
        while (begin <= text.length()) {
            int from = MountText.isDrive(text.substring(begin)) ? begin + 2 : begin;
            int colon = text.indexOf(':', from);
            int end = colon < 0 ? text.length() : colon;
            parts.add(text.substring(begin, end));
            begin = end + 1;
        }
        return parts;
    }
}

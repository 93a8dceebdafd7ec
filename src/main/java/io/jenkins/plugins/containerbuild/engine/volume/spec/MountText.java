package io.jenkins.plugins.containerbuild.engine.volume.spec;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeName;
import io.jenkins.plugins.containerbuild.engine.volume.spec.VolumeSpec.Kind;
import java.util.Set;

/** What all syntaxes have in common: which words there are, what a source is, what a target has to be. */
final class MountText {

    static final Set<String> SELINUX = Set.of("z", "Z");
    static final Set<String> PROPAGATIONS = Set.of("private", "rprivate", "shared", "rshared", "slave", "rslave");
    static final Set<String> CONSISTENCIES = Set.of("default", "consistent", "cached", "delegated");
    static final Set<String> RECURSIONS = Set.of("enabled", "disabled", "writable", "readonly");

    private MountText() {}

    /** Whether a source is a path: it begins with a dot, a slash, a tilde, two backslashes or a drive. */
    static boolean isPath(String source) {
        return source.startsWith(".")
                || source.startsWith("/")
                || source.startsWith("~")
                || source.startsWith("\\\\")
                || isDrive(source);
    }

    /** Whether a text begins with a drive letter and a colon. */
    static boolean isDrive(String text) {
        return text.length() > 1 && text.charAt(1) == ':' && Character.isLetter(text.charAt(0));
    }

    /** The kind that a source means; null or nothing is an anonymous volume. */
    static Kind kind(String source) {
        if (source == null || source.isEmpty()) {
            return Kind.ANONYMOUS;
        }
        return isPath(source) ? Kind.HOST_PATH : Kind.NAMED;
    }

    /** Refuses a source that is no volume's name, and a target that is no absolute path. */
    static void check(String text, Kind kind, String source, String target) throws InvalidRequestException {
        if (target == null || target.isEmpty()) {
            throw unreadable(text, "it has no path in the container");
        }
        boolean absolute = target.startsWith("/") || target.startsWith("\\\\") || isDrive(target);
        if (!absolute) {
            throw unreadable(text, "the path in the container, '" + target + "', is not absolute");
        }
        if (target.equals("/")) {
            throw unreadable(text, "the container's root cannot be replaced");
        }
        if (kind == Kind.NAMED && !VolumeName.isName(source)) {
            throw unreadable(
                    text, "'" + source + "' is neither a volume's name nor a path, which begins with '/', './' or '~'");
        }
    }

    /** Refuses a word that is none of these. */
    static String oneOf(String text, String option, Set<String> words, String word) throws InvalidRequestException {
        if (!words.contains(word)) {
            throw unreadable(text, "there is no " + option + " '" + word + "'");
        }
        return word;
    }

    static InvalidRequestException unreadable(String text, String why) {
        return new InvalidRequestException(
                "could not read the volume '" + Printable.shortened(text) + "'",
                Printable.escaped(why),
                "Write for example m2:/root/.m2, ./data:/data:ro, /cache, or type=volume,source=m2,target=/root/.m2");
    }
}

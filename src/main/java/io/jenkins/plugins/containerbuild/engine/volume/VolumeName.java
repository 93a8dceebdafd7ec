package io.jenkins.plugins.containerbuild.engine.volume;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.util.regex.Pattern;

/**
 * The grammar of volumes' names: a letter or digit, then at least one more letter, digit, dot, hyphen or underscore, as the
 * Engine's local driver has it. Since one character is not enough, {@code c:/data} is a path on a drive.
 */
public final class VolumeName {

    private static final Pattern SYNTAX = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
    private static final int LONGEST = 255;

    private VolumeName() {}

    public static boolean isName(String text) {
        return text.length() <= LONGEST && SYNTAX.matcher(text).matches();
    }

    public static void check(String text) throws InvalidRequestException {
        if (!isName(text)) {
            throw new InvalidRequestException(
                    "could not use '" + Printable.shortened(text) + "' as a volume's name",
                    text.indexOf('/') >= 0 || text.indexOf('\\') >= 0
                            ? "it is a path"
                            : "it is not made of letters, digits, dots, hyphens and underscores, at least two and at most "
                                    + LONGEST + ", the first one a letter or digit",
                    "Give a name such as m2-cache; a directory of the machine is no named volume");
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.volume.spec;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.OptionFields;
import java.util.Locale;
import java.util.Set;

/** The docker CLI's {@code --mount}: fields with commas between them. */
final class MountSyntax {

    /** What {@code --mount} begins with; no path or volume's name of the short syntax looks like that. */
    private static final Set<String> FIRST =
            Set.of("type", "source", "src", "target", "destination", "dst", "readonly", "ro", "consistency");

    private MountSyntax() {}

    /** Whether a text is one of {@code --mount}. */
    static boolean isMount(String text) {
        String field = text.startsWith("\"") ? text.substring(1) : text;
        int equals = field.indexOf('=');
        int comma = field.indexOf(',');
        if (equals < 0 || comma >= 0 && comma < equals) {
            // A flag alone, which something has to follow.
            return comma > 0 && FIRST.contains(field.substring(0, comma).toLowerCase(Locale.ROOT));
        }
        String key = field.substring(0, equals).trim().toLowerCase(Locale.ROOT);
        return FIRST.contains(key) || key.matches("(bind|volume|tmpfs)-[a-z-]+");
    }

    static VolumeSpec parse(String text) throws InvalidRequestException {
        MountFields fields = new MountFields(text);
        for (String field : OptionFields.split("volumes", text)) {
            int equals = field.indexOf('=');
            String key =
                    (equals < 0 ? field : field.substring(0, equals)).trim().toLowerCase(Locale.ROOT);
            fields.add(key, equals < 0 ? "" : field.substring(equals + 1));
        }
        return fields.spec();
    }
}

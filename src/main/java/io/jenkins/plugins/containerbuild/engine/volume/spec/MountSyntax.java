package io.jenkins.plugins.containerbuild.engine.volume.spec;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.OptionFields;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The docker CLI's {@code --mount}, fields with commas between them, and Compose's long syntax, fields within fields. */
final class LongSyntax {

    /** What {@code --mount} begins with; no path or volume's name of the short syntax looks like that. */
    private static final Set<String> FIRST =
            Set.of("type", "source", "src", "target", "destination", "dst", "readonly", "ro", "consistency");

    /** Compose's names inside of a part, and the flags' for them. */
    private static final Map<String, Map<String, String>> PARTS = Map.of(
            "bind",
            Map.of(
                    "propagation", "bind-propagation",
                    "create_host_path", "bind-create-src",
                    "selinux", "bind-selinux",
                    "recursive", "bind-recursive"),
            "volume",
            Map.of("nocopy", "volume-nocopy", "subpath", "volume-subpath", "labels", "volume-label"),
            "tmpfs",
            Map.of("size", "tmpfs-size", "mode", "tmpfs-mode"));

    private LongSyntax() {}

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

    static VolumeSpec of(Map<String, ?> compose) throws InvalidRequestException {
        String text = compose.toString();
        MountFields fields = new MountFields(text);
        for (Map.Entry<String, ?> field : compose.entrySet()) {
            Map<String, String> part = PARTS.get(field.getKey());
            if (part == null) {
                addPlain(text, fields, field.getKey(), field.getValue());
            } else if (field.getValue() instanceof Map<?, ?> values) {
                for (Map.Entry<?, ?> value : values.entrySet()) {
                    addInPart(text, fields, field.getKey(), String.valueOf(value.getKey()), value.getValue());
                }
            } else {
                throw MountText.unreadable(text, "the field '" + field.getKey() + "' has no fields in it");
            }
        }
        return fields.spec();
    }

    private static void addPlain(String text, MountFields fields, String key, Object value)
            throws InvalidRequestException {
        if (!Set.of("type", "source", "target", "read_only", "consistency").contains(key)) {
            throw MountText.unreadable(text, "there is no field '" + key + "'");
        }
        fields.add(key.equals("read_only") ? "readonly" : key, plain(text, key, value));
    }

    private static void addInPart(String text, MountFields fields, String part, String key, Object value)
            throws InvalidRequestException {
        String flag = PARTS.get(part).get(key);
        if (flag == null) {
            throw MountText.unreadable(text, "there is no field '" + key + "' in '" + part + "'");
        }
        if (value instanceof Map<?, ?> pairs) {
            for (Map.Entry<?, ?> pair : pairs.entrySet()) {
                fields.add(flag, pair.getKey() + "=" + plain(text, key, pair.getValue()));
            }
        } else if (flag.equals("tmpfs-mode") && value instanceof Integer mode) {
            // YAML and Groovy have read an octal number already.
            fields.add(flag, Integer.toOctalString(mode));
        } else {
            fields.add(flag, plain(text, key, value));
        }
    }

    private static String plain(String text, String key, Object value) throws InvalidRequestException {
        if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw MountText.unreadable(text, "the field '" + key + "' is no text, number or truth value");
    }
}

package io.jenkins.plugins.containerbuild.engine.image.tagging;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.OptionFields;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What goes for all tags.
 *
 * @param latest whether {@code latest} is among them
 * @param affixes what stands around those that say nothing of it
 * @param aroundLatest what stands around {@code latest}
 */
record Flavor(Latest latest, Affixes affixes, Affixes aroundLatest) implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final List<String> KEYS = List.of("latest", "prefix", "suffix", "onlatest");

    /** Whether there is a {@code latest}. */
    enum Latest {
        AUTO,
        TRUE,
        FALSE;

        boolean decide(boolean automatic) {
            return this == AUTO ? automatic : this == TRUE;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws InvalidRequestException when a text is no flavor */
    static Flavor parse(List<String> texts) throws InvalidRequestException {
        Reading reading = new Reading();
        for (String text : texts) {
            reading.read(text);
        }
        return new Flavor(
                reading.latest,
                new Affixes(reading.prefix, reading.suffix),
                new Affixes(
                        reading.prefixOnLatest ? reading.prefix : null,
                        reading.suffixOnLatest ? reading.suffix : null));
    }

    /** What was read so far. */
    private static final class Reading {

        private Latest latest = Latest.AUTO;
        private Template prefix;
        private Template suffix;
        private boolean prefixOnLatest;
        private boolean suffixOnLatest;

        void read(String text) throws InvalidRequestException {
            String before = "";
            int position = 0;
            for (String field : OptionFields.split("flavor", text)) {
                position++;
                int equals = field.indexOf('=');
                String key =
                        (equals < 0 ? field : field.substring(0, equals)).trim().toLowerCase(Locale.ROOT);
                if (equals < 0 || !KEYS.contains(key)) {
                    throw trouble(
                            text,
                            "entry " + position + ", '" + field + "', "
                                    + (equals < 0 ? "is no key=value" : "is not known"),
                            Suggestion.of(key, KEYS));
                }
                put(text, key, field.substring(equals + 1).trim(), before);
                before = key;
            }
        }

        private void put(String text, String key, String value, String before) throws InvalidRequestException {
            switch (key) {
                case "latest" -> latest = latest(text, value);
                case "prefix" -> prefix = Template.parse(text, key, value, Vocabulary.GLOBAL);
                case "suffix" -> suffix = Template.parse(text, key, value, Vocabulary.GLOBAL);
                default -> putOnLatest(text, value, before);
            }
        }

        private static Latest latest(String text, String value) throws InvalidRequestException {
            for (Latest one : Latest.values()) {
                if (one.word().equals(value)) {
                    return one;
                }
            }
            throw trouble(
                    text,
                    "there is no latest=" + value,
                    Suggestion.of(
                            value,
                            Arrays.stream(Latest.values()).map(Latest::word).toList()));
        }

        private void putOnLatest(String text, String value, String before) throws InvalidRequestException {
            if (!value.equals("true") && !value.equals("false")) {
                throw trouble(text, "onlatest is '" + value + "'", "Allowed are: true, false");
            }
            switch (before) {
                case "prefix" -> prefixOnLatest = value.equals("true");
                case "suffix" -> suffixOnLatest = value.equals("true");
                default ->
                    throw trouble(
                            text,
                            "onlatest belongs to a prefix or a suffix",
                            "Write it behind one: prefix=dev-,onlatest=true");
            }
        }

        private static InvalidRequestException trouble(String text, String why, String advice) {
            return new InvalidRequestException("could not read the flavor '" + text + "'", why, advice);
        }
    }
}

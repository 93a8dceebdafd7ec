package io.jenkins.plugins.containerbuild.engine.image.tagging;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads versions of PEP 440 and writes them in its normal form: {@code 1.2.3beta2} is {@code 1.2.3b2}. */
final class PythonVersion {

    private static final int LONGEST = 256;
    private static final Map<String, String> SHORT_WORDS =
            Map.of("alpha", "a", "beta", "b", "c", "rc", "pre", "rc", "preview", "rc");
    private static final Pattern SYNTAX = Pattern.compile(
            "v?(?:(?<epoch>\\d+)!)?(?<release>\\d+(?:\\.\\d+)*)"
                    + "(?:[-_.]?(?<pre>alpha|beta|preview|pre|a|b|c|rc)[-_.]?(?<preNumber>\\d+)?)?"
                    + "(?<post>-(?<postOnly>\\d+)|[-_.]?(?:post|rev|r)[-_.]?(?<postNumber>\\d+)?)?"
                    + "(?<dev>[-_.]?dev[-_.]?(?<devNumber>\\d+)?)?"
                    + "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?",
            Pattern.CASE_INSENSITIVE);

    private final Matcher parts;
    private final List<String> release;

    private PythonVersion(Matcher parts) {
        this.parts = parts;
        this.release = Arrays.stream(parts.group("release").split("\\."))
                .map(PythonVersion::number)
                .toList();
    }

    /** The version, or nothing where the text is none. */
    static Optional<ReadVersion> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.trim());
        return text.length() > LONGEST || !matcher.matches()
                ? Optional.empty()
                : Optional.of(new PythonVersion(matcher).read(text));
    }

    private ReadVersion read(String raw) {
        boolean finished = parts.group("pre") == null && parts.group("post") == null && parts.group("dev") == null;
        return new ReadVersion(raw, normal(), release(0), release(1), release(2), finished);
    }

    private String release(int index) {
        return index < release.size() ? release.get(index) : "0";
    }

    private String normal() {
        StringBuilder text = new StringBuilder();
        if (!number(parts.group("epoch")).equals("0")) {
            text.append(number(parts.group("epoch"))).append('!');
        }
        text.append(String.join(".", release));
        if (parts.group("pre") != null) {
            String word = parts.group("pre").toLowerCase(Locale.ROOT);
            text.append(SHORT_WORDS.getOrDefault(word, word)).append(number(parts.group("preNumber")));
        }
        if (parts.group("post") != null) {
            String only = parts.group("postOnly");
            text.append(".post").append(number(only == null ? parts.group("postNumber") : only));
        }
        if (parts.group("dev") != null) {
            text.append(".dev").append(number(parts.group("devNumber")));
        }
        if (parts.group("local") != null) {
            text.append('+').append(local(parts.group("local")));
        }
        return text.toString();
    }

    private static String local(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[-_.]"))
                .map(part -> part.chars().allMatch(Character::isDigit) ? number(part) : part)
                .collect(Collectors.joining("."));
    }

    /** Without zeros at its front; a number that is left out is 0. */
    private static String number(String digits) {
        return digits == null ? "0" : new BigInteger(digits).toString();
    }
}

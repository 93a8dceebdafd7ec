package io.jenkins.plugins.containerbuild.engine.image.tagging;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a rule, alone or as {@code /expression/flags}. One that would take for ever on a text is given
 * up.
 */
final class TextPattern implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Pattern WITH_FLAGS = Pattern.compile("/(.+)/(.*)", Pattern.DOTALL);
    private static final String ALL_MATCHES = "g";

    private final String rule;
    private final String written;
    private final Pattern pattern;
    private final boolean allMatches;

    private TextPattern(String rule, String written, Pattern pattern, boolean allMatches) {
        this.rule = rule;
        this.written = written;
        this.pattern = pattern;
        this.allMatches = allMatches;
    }

    /** @throws InvalidRequestException when it is no regular expression */
    static TextPattern plain(String rule, String attribute, String text) throws InvalidRequestException {
        return compiled(rule, attribute, text, text, "");
    }

    /** @throws InvalidRequestException when it is no regular expression or has a flag that is not known */
    static TextPattern withFlags(String rule, String attribute, String text) throws InvalidRequestException {
        Matcher matcher = WITH_FLAGS.matcher(text);
        return matcher.matches()
                ? compiled(rule, attribute, text, matcher.group(1), matcher.group(2))
                : plain(rule, attribute, text);
    }

    private static TextPattern compiled(String rule, String attribute, String written, String expression, String flags)
            throws InvalidRequestException {
        try {
            Pattern pattern = Pattern.compile(expression, flags(rule, attribute, flags));
            return new TextPattern(rule, written, pattern, flags.contains(ALL_MATCHES));
        } catch (PatternSyntaxException e) {
            throw RuleTrouble.unreadable(
                    rule,
                    "in '" + attribute + "', at character " + (Math.max(0, e.getIndex()) + 1)
                            + " of the regular expression '" + expression + "': " + e.getDescription(),
                    RuleTrouble.QUOTING);
        }
    }

    private static int flags(String rule, String attribute, String flags) throws InvalidRequestException {
        int all = 0;
        for (char flag : flags.toCharArray()) {
            all |= switch (flag) {
                case 'i' -> Pattern.CASE_INSENSITIVE;
                case 'm' -> Pattern.MULTILINE;
                case 's' -> Pattern.DOTALL;
                case 'u' -> Pattern.UNICODE_CASE;
                case 'g' -> 0;
                default ->
                    throw RuleTrouble.unreadable(
                            rule,
                            "in '" + attribute + "' the regular expression has the flag '" + flag
                                    + "', which is not known",
                            "Known are: g, i, m, s, u");
            };
        }
        return all;
    }

    /**
     * The groups of the first match, the whole of it first, with null for one that took no part; with the flag {@code g} all
     * matches. Empty where nothing matches.
     *
     * @throws InvalidRequestException when it takes too long
     */
    List<String> groups(String text) throws InvalidRequestException {
        List<String> groups = new ArrayList<>();
        try {
            Matcher matcher = pattern.matcher(new BoundedText(text));
            while (matcher.find()) {
                if (!allMatches) {
                    for (int group = 0; group <= matcher.groupCount(); group++) {
                        groups.add(matcher.group(group));
                    }
                    return groups;
                }
                groups.add(matcher.group());
            }
            return groups;
        } catch (BoundedText.TooManyReadsException | StackOverflowError e) {
            throw RuleTrouble.unusable(
                    rule,
                    "its regular expression takes too long on '" + Printable.shortened(text) + "'",
                    "Write it without a repetition inside of a repetition, such as (a+)+");
        }
    }

    /** As it was written. */
    @Override
    public String toString() {
        return written;
    }
}

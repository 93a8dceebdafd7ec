package io.jenkins.plugins.containerbuild.engine.image.tagging;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with expressions in it: <code>{{branch}}-{{date 'YYYYMMDD' tz='Asia/Tokyo'}}</code>, the part of Handlebars that
 * docker/metadata-action documents.
 */
final class Template implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final Pattern EXPRESSION =
            Pattern.compile("\\s*(?<name>[A-Za-z_]\\w*)\\s*(?:'(?<format>[^']*)'|\"(?<format2>[^\"]*)\")?"
                    + "\\s*(?:tz\\s*=\\s*(?:'(?<zone>[^']*)'|\"(?<zone2>[^\"]*)\"))?\\s*");

    private final ArrayList<Part> parts;

    private Template(List<Part> parts) {
        this.parts = new ArrayList<>(parts);
    }

    /** A text or an expression. */
    private sealed interface Part extends Serializable permits Literal, Expression {}

    private record Literal(String text) implements Part {
        private static final long serialVersionUID = 1L;
    }

    /**
     * An expression.
     *
     * @param name what is asked for
     * @param format how a date is written; null where it is none
     */
    record Expression(String name, DatePattern format) implements Part {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Reads a text.
     *
     * @param rule the whole rule, for messages
     * @throws InvalidRequestException when an expression is left open, unknown here, or cannot be read
     */
    static Template parse(String rule, String attribute, String text, Vocabulary vocabulary)
            throws InvalidRequestException {
        List<Part> parts = new ArrayList<>();
        int begin = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, begin)) {
            String where = "in '" + attribute + "', at character " + (open + 1) + ", ";
            int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                throw RuleTrouble.unreadable(rule, where + "an expression is left open", RuleTrouble.QUOTING);
            }
            parts.add(new Literal(text.substring(begin, open)));
            parts.add(expression(rule, where, text.substring(open + OPEN.length(), close), vocabulary));
            begin = close + CLOSE.length();
        }
        parts.add(new Literal(text.substring(begin)));
        return new Template(parts);
    }

    private static Expression expression(String rule, String where, String inside, Vocabulary vocabulary)
            throws InvalidRequestException {
        Matcher matcher = EXPRESSION.matcher(inside);
        if (!matcher.matches()) {
            throw RuleTrouble.unreadable(
                    rule,
                    where + "stands '{{" + inside + "}}', which is no expression",
                    "Write {{branch}} or {{date 'YYYYMMDD' tz='Europe/Berlin'}}");
        }
        String name = matcher.group("name");
        if (!vocabulary.names().contains(name)) {
            throw RuleTrouble.unreadable(
                    rule,
                    where + "stands '{{" + name + "}}', which is no expression for this place",
                    Suggestion.of(name, vocabulary.names()));
        }
        return new Expression(name, format(rule, where, matcher));
    }

    private static DatePattern format(String rule, String where, Matcher matcher) throws InvalidRequestException {
        String name = matcher.group("name");
        String format = either(matcher, "format", "format2");
        String zone = either(matcher, "zone", "zone2");
        if (Vocabulary.takesFormat(name)) {
            if (format == null) {
                throw RuleTrouble.unreadable(
                        rule,
                        where + "'{{" + name + "}}' has no format in quotes",
                        "Write for example {{" + name + " 'YYYYMMDD'}}");
            }
            return DatePattern.parse(rule, where, format, zone);
        }
        if (format != null || zone != null) {
            throw RuleTrouble.unreadable(
                    rule, where + "'{{" + name + "}}' is given something and takes nothing", "Write {{" + name + "}}");
        }
        return null;
    }

    private static String either(Matcher matcher, String one, String other) {
        return matcher.group(one) == null ? matcher.group(other) : matcher.group(one);
    }

    /** The text with its expressions replaced. */
    String render(Function<Expression, String> values) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(part instanceof Expression expression ? values.apply(expression) : ((Literal) part).text());
        }
        return text.toString();
    }

    /** Whether it is one expression of this name and nothing else. */
    boolean isOnly(String name) {
        List<Part> filled = parts.stream()
                .filter(part ->
                        !(part instanceof Literal literal && literal.text().isEmpty()))
                .toList();
        return filled.size() == 1
                && filled.get(0) instanceof Expression expression
                && expression.name().equals(name);
    }
}

package io.jenkins.plugins.containerbuild.engine.image.tagging;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.OptionFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads one rule: {@code type=semver,pattern=...}. */
final class RuleReader {

    private static final String TYPE = "type";
    private static final String VALUE = "value";
    private static final String PATTERN = "pattern";
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,9}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");
    private static final Map<String, GitRef.Kind> EVENTS = events();
    private static final List<String> FORMATS = List.of("short", "long");

    private final String text;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private RuleType type = RuleType.RAW;

    private RuleReader(String text) {
        this.text = text;
    }

    private static Map<String, GitRef.Kind> events() {
        Map<String, GitRef.Kind> events = new LinkedHashMap<>();
        events.put("branch", GitRef.Kind.BRANCH);
        events.put("tag", GitRef.Kind.TAG);
        events.put("pr", GitRef.Kind.PULL_REQUEST);
        return events;
    }

    /** @throws InvalidRequestException when the text is no rule; names the place and what is allowed there */
    static TagRule read(String text) throws InvalidRequestException {
        return new RuleReader(text).rule();
    }

    private TagRule rule() throws InvalidRequestException {
        List<Attribute> given = split();
        readType(given);
        for (Attribute attribute : given) {
            keep(attribute);
        }
        for (String name : type.required()) {
            if (!attributes.containsKey(name)) {
                throw RuleTrouble.unreadable(
                        text, "type=" + type.word() + " needs '" + name + "'", "Write for example " + example());
            }
        }
        Template prefix = template("prefix");
        RuleSource source = source();
        return new TagRule(
                text,
                priority(),
                Template.parse(text, "enable", attributes.getOrDefault("enable", "true"), Vocabulary.GLOBAL),
                new Affixes(prefix == null ? ownPrefix() : prefix, template("suffix")),
                source);
    }

    /** What each type that needs an attribute is usually written like. */
    private String example() {
        return switch (type) {
            case SEMVER, PEP440 -> "type=" + type.word() + ",pattern={{version}}";
            case MATCH -> "type=match,pattern=v(.*),group=1";
            case REF -> "type=ref,event=branch";
            default -> "type=raw,value=stable";
        };
    }

    /** One attribute, at its place in the rule. */
    private record Attribute(int position, String name, String value) {

        String shown() {
            return "attribute " + position + ", '" + name + "', ";
        }
    }

    private List<Attribute> split() throws InvalidRequestException {
        List<Attribute> all = new ArrayList<>();
        int position = 0;
        for (String field : fields()) {
            position++;
            int equals = field.indexOf('=');
            if (equals > 0) {
                String name = field.substring(0, equals).trim().toLowerCase(Locale.ROOT);
                all.add(new Attribute(
                        position, name, field.substring(equals + 1).trim()));
            } else if (!field.isBlank()) {
                all.add(new Attribute(position, VALUE, field.trim()));
            }
        }
        return all;
    }

    private List<String> fields() throws InvalidRequestException {
        try {
            return OptionFields.split("rules", text);
        } catch (InvalidRequestException e) {
            throw RuleTrouble.unreadable(text, e.why(), RuleTrouble.QUOTING);
        }
    }

    private void readType(List<Attribute> given) throws InvalidRequestException {
        for (Attribute attribute : given) {
            if (attribute.name().equals(TYPE)) {
                type = RuleType.of(attribute.value())
                        .orElseThrow(() -> RuleTrouble.unreadable(
                                text,
                                "attribute " + attribute.position() + ": there is no type '" + attribute.value() + "'",
                                Suggestion.of(attribute.value(), RuleType.words())));
            }
        }
    }

    private void keep(Attribute attribute) throws InvalidRequestException {
        String name = attribute.name();
        if (!name.equals(TYPE) && !type.attributes().contains(name)) {
            throw RuleTrouble.unreadable(
                    text, attribute.shown() + "is none of type=" + type.word(), Suggestion.of(name, type.attributes()));
        }
        if (attributes.put(name, attribute.value()) != null) {
            throw RuleTrouble.unreadable(text, attribute.shown() + "stands there a second time", RuleTrouble.QUOTING);
        }
    }

    private int priority() throws InvalidRequestException {
        String written = attributes.get("priority");
        if (written == null) {
            return type.priority();
        }
        if (!INTEGER.matcher(written).matches()) {
            throw RuleTrouble.unreadable(
                    text, "priority=" + written + " is no number", "Write for example priority=" + type.priority());
        }
        return Integer.parseInt(written);
    }

    private RuleSource source() throws InvalidRequestException {
        return switch (type) {
            case SCHEDULE ->
                new RuleSources.Schedule(Template.parse(
                        text, PATTERN, attributes.getOrDefault(PATTERN, "nightly"), Vocabulary.SCHEDULE));
            case SEMVER -> version(RuleSources.Scheme.SEMVER);
            case PEP440 -> version(RuleSources.Scheme.PEP440);
            case MATCH ->
                new RuleSources.Match(
                        TextPattern.withFlags(text, PATTERN, attributes.get(PATTERN)), group(), filled(VALUE));
            case EDGE -> new RuleSources.Edge(isFilled("branch") ? attributes.get("branch") : null);
            case REF -> new RuleSources.Ref(event());
            case RAW -> new RuleSources.Raw(template(VALUE));
            case SHA -> new RuleSources.Sha(isShort());
        };
    }

    private RuleSource version(RuleSources.Scheme scheme) throws InvalidRequestException {
        return new RuleSources.Version(
                text,
                scheme,
                Template.parse(text, PATTERN, attributes.get(PATTERN), Vocabulary.VERSION),
                filled(VALUE),
                isFilled("match") ? TextPattern.plain(text, "match", attributes.get("match")) : null);
    }

    private int group() throws InvalidRequestException {
        String group = attributes.getOrDefault("group", "0");
        if (!NUMBER.matcher(group).matches()) {
            throw RuleTrouble.unreadable(
                    text,
                    "group=" + group + " is no number",
                    "Write group=0 for all that matches, group=1 for what" + " the first parentheses hold");
        }
        return Integer.parseInt(group);
    }

    private GitRef.Kind event() throws InvalidRequestException {
        return choice("event", EVENTS.keySet().stream().toList(), EVENTS::get);
    }

    private boolean isShort() throws InvalidRequestException {
        attributes.putIfAbsent("format", FORMATS.get(0));
        return choice("format", FORMATS, FORMATS.get(0)::equals);
    }

    private <T> T choice(String name, List<String> allowed, Function<String, T> meaning)
            throws InvalidRequestException {
        String value = attributes.get(name);
        if (!allowed.contains(value)) {
            throw RuleTrouble.unreadable(text, "there is no " + name + "=" + value, Suggestion.of(value, allowed));
        }
        return meaning.apply(value);
    }

    /** What stands before a tag by its type alone. */
    private Template ownPrefix() throws InvalidRequestException {
        String prefix = type == RuleType.SHA
                ? "sha-"
                : type == RuleType.REF && event() == GitRef.Kind.PULL_REQUEST ? "pr-" : null;
        return prefix == null ? null : Template.parse(text, "prefix", prefix, Vocabulary.GLOBAL);
    }

    /** A text that may hold expressions; null where it is not given. */
    private Template template(String name) throws InvalidRequestException {
        String value = attributes.get(name);
        return value == null ? null : Template.parse(text, name, value, Vocabulary.GLOBAL);
    }

    /** The same, null where nothing is in it. */
    private Template filled(String name) throws InvalidRequestException {
        return isFilled(name) ? template(name) : null;
    }

    private boolean isFilled(String name) {
        return !attributes.getOrDefault(name, "").isEmpty();
    }
}

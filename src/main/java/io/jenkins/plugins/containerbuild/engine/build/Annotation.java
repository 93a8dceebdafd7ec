package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An annotation, written as for {@code docker buildx build --annotation}: {@code [LEVEL:]key=value}.
 *
 * @param level where it goes, as written: {@code manifest}, {@code index}, {@code manifest-descriptor},
 *     {@code index-descriptor}, several of them separated by commas, each with {@code [os/architecture]} behind it where
 *     it is meant for one platform alone; not null
 * @param key its name; not null
 * @param value its value; not null
 */
public record Annotation(String level, String key, String value) implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String DEFAULT_LEVEL = "manifest";
    private static final String LEVEL = "(?:index|manifest)(?:-descriptor)?(?:\\[[A-Za-z0-9_./-]+])?";
    private static final Pattern LEVELS = Pattern.compile(LEVEL + "(?:," + LEVEL + ")*");
    private static final Pattern SYNTAX = Pattern.compile("(?:([^:=]*):)?([^:=\\s]+)=(.*)", Pattern.DOTALL);

    /** @throws InvalidRequestException when the text cannot be read or names a level that there is not */
    public static Annotation parse(String text) throws InvalidRequestException {
        return parse(text, DEFAULT_LEVEL);
    }

    /**
     * As the other one, with another level than {@code manifest} where the text names none.
     *
     * @throws InvalidRequestException when the text cannot be read or names a level that there is not
     */
    public static Annotation parse(String text, String defaultLevel) throws InvalidRequestException {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw unreadable(text, "it is not key=value or level:key=value");
        }
        String level = matcher.group(1) == null ? defaultLevel : matcher.group(1);
        if (!LEVELS.matcher(level).matches()) {
            throw unreadable(
                    text,
                    "there is no level '" + level
                            + "', only manifest, index, manifest-descriptor and index-descriptor");
        }
        return new Annotation(level, matcher.group(2), matcher.group(3));
    }

    private static InvalidRequestException unreadable(String text, String why) {
        return new InvalidRequestException(
                "could not read the annotation '" + text + "'",
                why,
                "Write for example org.opencontainers.image.title=App or index:org.opencontainers.image.title=App");
    }
}

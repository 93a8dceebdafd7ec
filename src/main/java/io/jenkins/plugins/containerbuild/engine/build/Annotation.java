package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An annotation, written as for {@code docker buildx build --annotation}: {@code [LEVEL:]key=value}.
 *
 * @param level where it goes, as written: {@code manifest}, {@code index}, {@code manifest-descriptor},
 *     {@code index-descriptor}, several of them separated by commas, a manifest's with {@code [os/architecture]} behind
 *     it; not null
 * @param key its name; not null
 * @param value its value; not null
 */
public record Annotation(String level, String key, String value) implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String LEVEL = "(?:index|manifest)(?:-descriptor)?(?:\\[[a-z0-9_./-]+])?";
    private static final Pattern SYNTAX =
            Pattern.compile("(?:(" + LEVEL + "(?:," + LEVEL + ")*):)?([^=\\s]+)=(.*)", Pattern.DOTALL);

    /** @throws InvalidRequestException when the text cannot be read */
    public static Annotation parse(String text) throws InvalidRequestException {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidRequestException(
                    "could not read the annotation '" + text + "'",
                    "it is not key=value or level:key=value",
                    "Write for example org.opencontainers.image.title=App or index:org.opencontainers.image.title=App");
        }
        return new Annotation(
                matcher.group(1) == null ? "manifest" : matcher.group(1), matcher.group(2), matcher.group(3));
    }
}

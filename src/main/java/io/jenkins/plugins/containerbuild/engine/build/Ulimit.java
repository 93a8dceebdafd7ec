package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A resource limit for the containers of a build, spelled as the docker CLI does: {@code nofile=1024:2048}, or
 * {@code nproc=512} for the same soft and hard limit; -1 means unlimited.
 *
 * @param name the limit, such as {@code nofile}
 * @param soft the soft limit
 * @param hard the hard limit
 */
public record Ulimit(String name, long soft, long hard) implements Serializable {

    private static final Pattern SYNTAX = Pattern.compile("([a-z]{2,20})=(-1|\\d{1,18})(?::(-1|\\d{1,18}))?");

    /** @throws InvalidRequestException when the text is not {@code name=soft[:hard]} or soft is above hard */
    public static Ulimit parse(String text) throws InvalidRequestException {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidRequestException(
                    "could not read the ulimit '" + text + "'",
                    "it is not name=soft or name=soft:hard",
                    "Write for example nofile=1024:2048");
        }
        long soft = Long.parseLong(matcher.group(2));
        long hard = matcher.group(3) == null ? soft : Long.parseLong(matcher.group(3));
        if (hard != -1 && (soft == -1 || soft > hard)) {
            throw new InvalidRequestException(
                    "could not use the ulimit '" + text + "'",
                    "the soft limit is above the hard limit",
                    "Raise the second number or lower the first");
        }
        return new Ulimit(matcher.group(1), soft, hard);
    }
}

package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.util.Locale;

/** What is asked of a Dockerfile, named as by {@code docker buildx build --call}. */
public enum Call {
    /** An image. */
    BUILD,
    /** BuildKit's own linter; nothing is built. */
    CHECK,
    /** Which build arguments, secrets and SSH agents the target uses. */
    OUTLINE,
    /** Which stages there are. */
    TARGETS;

    /**
     * Reads the option.
     *
     * @throws InvalidRequestException when the text names none of them
     */
    public static Call parse(String text) throws InvalidRequestException {
        for (Call call : values()) {
            if (call.toString().equals(text.trim())) {
                return call;
            }
        }
        throw new InvalidRequestException(
                "could not use the option call with '" + text + "'",
                "there is no such call",
                "Write build, check, outline or targets");
    }

    /** The option's value. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.jenkins.plugins.containerbuild.engine.ownership;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How long something lives that was made for a build. */
public enum Scope {
    /** Until somebody removes it. */
    PERMANENT,
    /** As long as the node that it was made on. */
    NODE,
    /** As long as the job that made it. */
    JOB,
    /** As long as the build that made it. */
    BUILD;

    /** The word that options and labels have: {@code permanent}, {@code node}, {@code job}, {@code build}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads an option.
     *
     * @param text not null
     * @throws InvalidRequestException when there is no such scope
     */
    public static Scope parse(String text) throws InvalidRequestException {
        return of(text.trim().toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new InvalidRequestException(
                        "could not read the scope '" + text + "'",
                        "there is no such scope",
                        "Write one of "
                                + Arrays.stream(values()).map(Scope::word).collect(Collectors.joining(", "))));
    }

    /** The scope of this word, if it is one. */
    static Optional<Scope> of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(word))
                .findFirst();
    }
}

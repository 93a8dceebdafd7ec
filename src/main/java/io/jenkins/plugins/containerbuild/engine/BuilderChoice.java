package io.jenkins.plugins.containerbuild.engine;

import java.util.Map;
import java.util.Set;

/** Which of a daemon's builders a build's environment asks for, by docker's own switch {@code DOCKER_BUILDKIT}. */
enum BuilderChoice {
    /** BuildKit, or the classic builder where the daemon has no BuildKit. */
    EITHER,
    /** The Engine's classic builder, which every daemon has. */
    CLASSIC,
    /** BuildKit, or an error where the daemon has none. */
    BUILDKIT;

    static final String VARIABLE = "DOCKER_BUILDKIT";

    private static final Set<String> YES = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> NO = Set.of("0", "f", "F", "false", "FALSE", "False");

    /** @throws InvalidRequestException when the variable says neither yes nor no */
    static BuilderChoice of(Map<String, String> environment) throws InvalidRequestException {
        String value = environment.getOrDefault(VARIABLE, "").trim();
        if (value.isEmpty()) {
            return EITHER;
        }
        if (YES.contains(value)) {
            return BUILDKIT;
        }
        if (NO.contains(value)) {
            return CLASSIC;
        }
        throw new InvalidRequestException(
                "could not choose a builder",
                VARIABLE + " is neither 1 nor 0",
                "Leave it out: BuildKit builds then, wherever the daemon has it");
    }
}

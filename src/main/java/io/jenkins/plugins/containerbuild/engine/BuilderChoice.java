package io.jenkins.plugins.containerbuild.engine;

import java.util.Map;
import java.util.Set;

/** Which builder a build's environment asks for, by docker's own switch {@code DOCKER_BUILDKIT}. */
enum BuilderChoice {
    /** The Engine's classic builder, which every daemon has. */
    CLASSIC,
    /** BuildKit, or an error where the daemon has none. */
    BUILDKIT;

    private static final String VARIABLE = "DOCKER_BUILDKIT";
    private static final Set<String> YES = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> NO = Set.of("", "0", "f", "F", "false", "FALSE", "False");

    /** @throws InvalidRequestException when the variable says neither yes nor no */
    static BuilderChoice of(Map<String, String> environment) throws InvalidRequestException {
        String value = environment.getOrDefault(VARIABLE, "").trim();
        if (YES.contains(value)) {
            return BUILDKIT;
        }
        if (NO.contains(value)) {
            return CLASSIC;
        }
        throw new InvalidRequestException(
                "could not choose a builder", VARIABLE + " is neither 1 nor 0", "Set it to 1, or leave it out");
    }
}

package io.jenkins.plugins.containerbuild.engine.image.tagging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of rules, as docker/metadata-action has them. */
enum RuleType {
    SCHEDULE("schedule", 1000, List.of(), "pattern"),
    SEMVER("semver", 900, List.of("pattern"), "pattern", "value", "match"),
    PEP440("pep440", 900, List.of("pattern"), "pattern", "value", "match"),
    MATCH("match", 800, List.of("pattern"), "pattern", "group", "value"),
    EDGE("edge", 700, List.of(), "branch"),
    REF("ref", 600, List.of("event"), "event"),
    RAW("raw", 200, List.of("value"), "value"),
    SHA("sha", 100, List.of(), "format");

    private static final List<String> COMMON = List.of("enable", "priority", "prefix", "suffix");

    private final String word;
    private final int priority;
    private final List<String> required;
    private final List<String> own;

    RuleType(String word, int priority, List<String> required, String... own) {
        this.word = word;
        this.priority = priority;
        this.required = required;
        this.own = List.of(own);
    }

    static Optional<RuleType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(type -> type.word).toList();
    }

    String word() {
        return word;
    }

    /** Where a rule stands among others that says nothing of it: the higher, the earlier. */
    int priority() {
        return priority;
    }

    /** What has to be given. */
    List<String> required() {
        return required;
    }

    /** What can be given. */
    List<String> attributes() {
        List<String> all = new ArrayList<>(own);
        all.addAll(COMMON);
        return all;
    }
}

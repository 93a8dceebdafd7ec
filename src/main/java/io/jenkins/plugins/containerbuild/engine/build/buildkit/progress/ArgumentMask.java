package io.jenkins.plugins.containerbuild.engine.build.buildkit.progress;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Takes the values of build arguments out of names that BuildKit gives its steps, in which it has put them in place of
 * {@code $NAME}. Values of less than four characters stay: they hide nothing and would be found by chance.
 */
public final class ArgumentMask {

    private static final int SHORTEST = 4;

    private final List<Map.Entry<String, String>> arguments;

    /** @param arguments values by name */
    public ArgumentMask(Map<String, String> arguments) {
        // The longest first: it may contain another one.
        this.arguments = arguments.entrySet().stream()
                .filter(argument -> argument.getValue().length() >= SHORTEST)
                .sorted(Comparator.comparingInt((Map.Entry<String, String> argument) ->
                                argument.getValue().length())
                        .reversed())
                .toList();
    }

    String apply(String text) {
        String masked = text;
        for (Map.Entry<String, String> argument : arguments) {
            masked = masked.replace(argument.getValue(), "$" + argument.getKey());
        }
        return masked;
    }
}

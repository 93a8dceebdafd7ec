package io.jenkins.plugins.containerbuild.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * Between a step's one parameter, the operation, and the options which users write straight into the call. Pipeline's own
 * checks know that the options of a step's only required parameter may be written so.
 */
final class FlatArguments {

    static final String OPERATION = "operation";

    private FlatArguments() {}

    /**
     * The options, whichever way they were passed.
     *
     * @param function the step's name, for messages
     * @throws IllegalArgumentException when they are no options
     */
    static Map<?, ?> of(Map<String, Object> arguments, String function) {
        if (arguments.size() == 1) {
            Object only = arguments.values().iterator().next();
            if (arguments.containsKey(OPERATION) || arguments.containsKey("")) {
                return nested(only, function);
            }
        }
        return arguments;
    }

    private static Map<?, ?> nested(Object value, String function) {
        if (value instanceof Map<?, ?> options) {
            return options;
        }
        if (value instanceof UninstantiatedDescribable options) {
            return options.getArguments();
        }
        throw new IllegalArgumentException(
                function + " takes options by name, such as " + function + "(server: 'build-host'), and was given "
                        + (value == null ? "null" : value.getClass().getSimpleName()));
    }

    /** A step taken to pieces, with the operation's options as its own. */
    static UninstantiatedDescribable flattened(UninstantiatedDescribable step) {
        if (step.getArguments().get(OPERATION) instanceof UninstantiatedDescribable operation) {
            return step.withArguments(new TreeMap<>(operation.getArguments()));
        }
        return step;
    }

    /** The operation as the step's one argument. */
    static Map<String, Object> wrapped(Object operation) {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put(OPERATION, operation);
        return arguments;
    }
}

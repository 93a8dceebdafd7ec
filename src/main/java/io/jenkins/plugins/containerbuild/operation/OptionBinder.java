package io.jenkins.plugins.containerbuild.operation;

import hudson.util.EditDistance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;

/**
 * Makes an operation out of named options, wherever they come from, and says clearly what is wrong with them. Structs
 * alone would only log an unknown option, and would print all values, build arguments included, along with a mistake.
 *
 * @param <T> the operation's type
 */
final class OptionBinder<T> {

    private final DescribableModel<T> model;

    OptionBinder(Class<T> type) {
        model = DescribableModel.of(type);
    }

    /**
     * Makes the operation. A single text stands for a list of one; a missing or null option has its default.
     *
     * @param verb how users call the operation, for messages
     * @throws IllegalArgumentException when an option is unknown, missing or has the wrong type
     */
    T bind(Map<?, ?> options, String verb) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        options.forEach((key, value) -> {
            DescribableParameter parameter = parameter(String.valueOf(key), verb);
            if (value != null) {
                arguments.put(parameter.getName(), convert(value, parameter, verb));
            }
        });
        for (DescribableParameter parameter : model.getParameters()) {
            if (parameter.isRequired() && !arguments.containsKey(parameter.getName())) {
                throw new IllegalArgumentException(verb + " needs the option '" + parameter.getName() + "'");
            }
        }
        return model.instantiate(arguments, null);
    }

    private DescribableParameter parameter(String name, String verb) {
        DescribableParameter parameter = model.getParameter(name);
        if (parameter == null) {
            Collection<String> known = new TreeSet<>();
            model.getParameters().forEach(candidate -> known.add(candidate.getName()));
            throw new IllegalArgumentException(verb + " has no option '" + shortened(name) + "'. Did you mean '"
                    + EditDistance.findNearest(name, known) + "'? The options are: " + String.join(", ", known));
        }
        return parameter;
    }

    private static Object convert(Object value, DescribableParameter parameter, String verb) {
        Class<?> wanted = parameter.getErasedType();
        String option = verb + ": the option '" + parameter.getName() + "'";
        if (wanted == boolean.class || wanted == Boolean.class) {
            return truth(value, option);
        }
        if (wanted == List.class) {
            return list(value, option);
        }
        return wanted == Map.class ? map(value, option) : text(value, option);
    }

    private static boolean truth(Object value, String option) {
        String text = value.toString();
        if (!text.equals("true") && !text.equals("false")) {
            throw mistyped(option, "true or false", value);
        }
        return text.equals("true");
    }

    private static List<String> list(Object value, String option) {
        List<String> texts = new ArrayList<>();
        if (value instanceof Collection<?> values) {
            values.forEach(element -> texts.add(text(element, "an entry of " + option)));
        } else if (value instanceof CharSequence) {
            texts.add(value.toString());
        } else {
            throw mistyped(option, "a list of texts, such as ['one', 'two']", value);
        }
        return texts;
    }

    private static Map<String, String> map(Object value, String option) {
        if (value instanceof Map<?, ?> values) {
            Map<String, String> texts = new LinkedHashMap<>();
            values.forEach((name, element) -> texts.put(
                    text(name, "a name in " + option), text(element, "the value of " + name + " in " + option)));
            return texts;
        }
        throw mistyped(option, "a map of texts, such as [NAME: 'value']", value);
    }

    private static String text(Object value, String option) {
        if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw mistyped(option, "a text", value);
    }

    private static IllegalArgumentException mistyped(String option, String wanted, Object value) {
        String given = value == null
                ? "null"
                : value instanceof Map ? "a map" : value.getClass().getSimpleName();
        return new IllegalArgumentException(option + " takes " + wanted + ", but was given " + given);
    }

    private static String shortened(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "..." : name;
    }
}

package io.jenkins.plugins.containerbuild.operation;

import hudson.Util;
import hudson.model.Descriptor.FormException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;

/**
 * Reads an operation's options out of a submitted form, where a list is a text area with one entry a line and a map is a
 * table of names and values. What cannot be kept is refused, never dropped.
 */
final class FormOptions {

    private FormOptions() {}

    /** The options that the form fills in. */
    static Map<String, Object> read(Class<?> operation, JSONObject form) throws FormException {
        Map<String, Object> options = new LinkedHashMap<>();
        for (DescribableParameter parameter : DescribableModel.of(operation).getParameters()) {
            String name = parameter.getName();
            if (form.has(name)) {
                Object value = option(form, name, parameter.getErasedType());
                if (value != null) {
                    options.put(name, value);
                }
            }
        }
        return options;
    }

    private static Object option(JSONObject form, String name, Class<?> type) throws FormException {
        if (type == boolean.class) {
            return form.getBoolean(name);
        }
        if (type == List.class) {
            return FormLines.read(form.getString(name));
        }
        return type == Map.class ? table(form, name) : Util.fixEmptyAndTrim(text(form, name));
    }

    private static String text(JSONObject form, String name) {
        // Browsers send a line end as two characters.
        return form.getString(name).replace("\r\n", "\n");
    }

    private static Map<String, String> table(JSONObject form, String option) throws FormException {
        Map<String, String> entries = new LinkedHashMap<>();
        for (Object row : JSONArray.fromObject(form.get(option))) {
            JSONObject cells = (JSONObject) row;
            String name = cells.getString("name").trim();
            String value = text(cells, "value");
            if (name.isEmpty() && value.isEmpty()) {
                continue;
            }
            if (name.isEmpty()) {
                throw new FormException(Messages.FormOptions_NoName(option), option);
            }
            if (entries.put(name, value) != null) {
                throw new FormException(Messages.FormOptions_Twice(option, name), option);
            }
        }
        return entries;
    }
}

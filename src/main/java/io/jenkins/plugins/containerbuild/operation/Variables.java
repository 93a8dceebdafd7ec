package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes results as variables; what there is not gets none. */
final class Variables {

    private Variables() {}

    static Map<String, String> of(@CheckForNull String id, @CheckForNull String digest, List<String> tags) {
        return of(id, digest, tags, List.of());
    }

    static Map<String, String> of(
            @CheckForNull String id, @CheckForNull String digest, List<String> tags, List<String> outputs) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (id != null) {
            variables.put(OperationResult.ID, id);
        }
        if (digest != null) {
            variables.put(OperationResult.DIGEST, digest);
        }
        if (!tags.isEmpty()) {
            variables.put(OperationResult.TAGS, String.join(" ", tags));
        }
        if (!outputs.isEmpty()) {
            variables.put(OperationResult.OUTPUTS, String.join("\n", outputs));
        }
        return variables;
    }
}

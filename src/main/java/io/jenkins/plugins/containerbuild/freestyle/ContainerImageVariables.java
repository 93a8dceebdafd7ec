package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.containerbuild.operation.OperationResult;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables which tell later build steps about the image that this build worked on last. */
public final class ContainerImageVariables extends InvisibleAction implements EnvironmentContributingAction {

    private final LinkedHashMap<String, String> variables;

    private ContainerImageVariables(Map<String, String> variables) {
        this.variables = new LinkedHashMap<>(variables);
    }

    /**
     * Tells of this result. What is known of the same image from an earlier step and not said anew stays, and all that is
     * known where the result is none of an image.
     */
    static void publish(Run<?, ?> run, OperationResult result) {
        Map<String, String> merged = new LinkedHashMap<>();
        ContainerImageVariables earlier = run.getAction(ContainerImageVariables.class);
        Map<String, String> latest = result.variables();
        String id = latest.get(OperationResult.ID);
        boolean ofImage = latest.keySet().stream().anyMatch(name -> name.startsWith(OperationResult.IMAGE_PREFIX));
        boolean ofSameImage = earlier != null && id != null && id.equals(earlier.variables.get(OperationResult.ID));
        if (earlier != null && (ofSameImage || !ofImage)) {
            merged.putAll(earlier.variables);
        }
        merged.putAll(latest);
        run.addOrReplaceAction(new ContainerImageVariables(merged));
    }

    @Override
    public void buildEnvironment(@NonNull Run<?, ?> run, @NonNull EnvVars environment) {
        environment.putAll(variables);
    }
}

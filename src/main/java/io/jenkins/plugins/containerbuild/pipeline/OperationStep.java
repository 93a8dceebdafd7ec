package io.jenkins.plugins.containerbuild.pipeline;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Descriptor;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.OperationDescriptor;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jvnet.localizer.Localizable;
import org.kohsuke.stapler.StaplerRequest2;

/** A Pipeline step around one operation. */
public abstract class OperationStep extends Step {

    /** What the step does. No getter: forms take a property's type from its getter, which is each class's own. */
    abstract ContainerOperation<?> operation();

    @Override
    public StepExecution start(StepContext context) {
        return new OperationExecution(context, operation(), getDescriptor().getFunctionName());
    }

    /** Lets users write the operation's options straight into the step's call. */
    public abstract static class OperationStepDescriptor extends StepDescriptor implements CustomDescribableModel {

        private final String function;
        private final Class<? extends ContainerOperation<?>> operation;
        private final Localizable displayName;

        OperationStepDescriptor(
                String function, Class<? extends ContainerOperation<?>> operation, Localizable displayName) {
            this.function = function;
            this.operation = operation;
            this.displayName = displayName;
        }

        abstract Step step(ContainerOperation<?> operation);

        @Override
        public final String getFunctionName() {
            return function;
        }

        @Override
        public final String getDisplayName() {
            return displayName.toString();
        }

        @Override
        public final Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FilePath.class, EnvVars.class, TaskListener.class);
        }

        /** Called by Pipeline; a mistake in the options fails the build with one line. */
        @Override
        public Step newInstance(Map<String, Object> arguments) throws Exception {
            try {
                return step(bind(arguments));
            } catch (IllegalArgumentException e) {
                throw new AbortException(e.getMessage());
            }
        }

        /** Called by the Snippet Generator. */
        @Override
        public final Step newInstance(StaplerRequest2 request, JSONObject form) throws Descriptor.FormException {
            return step(operationDescriptor().newInstance(request, form.getJSONObject(FlatArguments.OPERATION)));
        }

        @Override
        public final Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return operation.isInstance(arguments.get(FlatArguments.OPERATION))
                    ? arguments
                    : FlatArguments.wrapped(bind(arguments));
        }

        @Override
        public final UninstantiatedDescribable customUninstantiate(UninstantiatedDescribable step) {
            return FlatArguments.flattened(step);
        }

        private ContainerOperation<?> bind(Map<String, Object> arguments) {
            Object given = arguments.get(FlatArguments.OPERATION);
            return operation.isInstance(given)
                    ? operation.cast(given)
                    : operationDescriptor().bind(FlatArguments.of(arguments, function), function);
        }

        private OperationDescriptor operationDescriptor() {
            return (OperationDescriptor) Jenkins.get().getDescriptorOrDie(operation);
        }
    }
}

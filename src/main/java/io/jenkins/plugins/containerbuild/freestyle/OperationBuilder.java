package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.Descriptor;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.OperationContext;
import io.jenkins.plugins.containerbuild.operation.OperationDescriptor;
import io.jenkins.plugins.containerbuild.operation.OperationResult;
import java.io.IOException;
import jenkins.model.Jenkins;
import jenkins.tasks.SimpleBuildStep;
import net.sf.json.JSONObject;
import org.jvnet.localizer.Localizable;
import org.kohsuke.stapler.StaplerRequest2;

/** A build step around one operation. */
public abstract class OperationBuilder extends Builder implements SimpleBuildStep {

    /** What the build step does. No getter: forms take a property's type from its getter, which is each class's own. */
    abstract ContainerOperation<?> operation();

    @Override
    public final void perform(
            @NonNull Run<?, ?> run,
            @NonNull FilePath workspace,
            @NonNull EnvVars environment,
            @NonNull Launcher launcher,
            @NonNull TaskListener listener)
            throws InterruptedException, IOException {
        // In a Pipeline, Groovy has expanded the variables already.
        OperationContext context = run instanceof AbstractBuild<?, ?> build
                ? OperationContext.expanding(run, workspace, environment, listener)
                        .withSensitive(build.getSensitiveBuildVariables())
                : OperationContext.literal(run, workspace, environment, listener);
        OperationResult result = operation().perform(context);
        ContainerImageVariables.publish(run, result);
    }

    /** Names the build step as the operation is named. */
    public abstract static class OperationBuilderDescriptor extends BuildStepDescriptor<Builder> {

        private final Class<? extends ContainerOperation<?>> operation;
        private final Localizable displayName;

        OperationBuilderDescriptor(Class<? extends ContainerOperation<?>> operation, Localizable displayName) {
            this.operation = operation;
            this.displayName = displayName;
        }

        abstract Builder builder(ContainerOperation<?> operation);

        @NonNull
        @Override
        public final String getDisplayName() {
            return displayName.toString();
        }

        @Override
        public final boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        public final Builder newInstance(StaplerRequest2 request, @NonNull JSONObject form)
                throws Descriptor.FormException {
            return builder(operationDescriptor().newInstance(request, form.getJSONObject("operation")));
        }

        private OperationDescriptor operationDescriptor() {
            return (OperationDescriptor) Jenkins.get().getDescriptorOrDie(operation);
        }
    }
}

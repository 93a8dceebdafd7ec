package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.LauncherDecorator;
import io.jenkins.plugins.containerbuild.agent.ContainerTask;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.agent.EngineVariables;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.container.ContainerDetails;
import org.kohsuke.stapler.DataBoundConstructor;

/** A container in which the shell steps of a block run. */
public final class InsideContainerOperation extends ContainerOptions<ContainerDetails> {

    private static final long serialVersionUID = 1L;

    /** @param image the image's name or id */
    @DataBoundConstructor
    public InsideContainerOperation(String image) {
        super(image);
    }

    @Override
    EngineTask<ContainerDetails> task(OptionReader options) throws EngineException {
        if (!getCommand().isEmpty() || !getEntrypoint().isEmpty()) {
            throw new InvalidRequestException(
                    "could not run steps inside the image " + getImage(),
                    "the options 'command' and 'entrypoint' have no meaning here: the block's steps are the commands",
                    "Leave them out; for a container that runs its own command, there is withContainer");
        }
        return new ContainerTask.StartWorkroom(
                request(options, "run steps inside of"),
                options.root(),
                options.workingDirectory(),
                options.temporary());
    }

    @Override
    EngineTask<?> ending(OptionReader options, OperationResult made, boolean failed) {
        // Its own process only waits: there are no lines to show.
        return new ContainerTask.EndContainer(((StartedContainer) made).getId(), false);
    }

    @Override
    void report(OperationContext context, ContainerDetails answer) {
        // its start is in the log
    }

    @Override
    StartedContainer result(ContainerDetails answer) {
        return StartedContainer.of(answer);
    }

    /** Runs the commands of the block's steps. */
    public LauncherDecorator decorator(OperationContext context, OperationResult made) {
        return new InsideDecorator(
                made.variables().get(OperationResult.CONTAINER),
                context.text(getServer()),
                context.run().getExternalizableId(),
                EngineVariables.of(context.environment()));
    }

    /** The form. */
    @Extension
    public static final class DescriptorImpl extends ContainerOptionsDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.InsideContainerOperation_DisplayName();
        }
    }
}

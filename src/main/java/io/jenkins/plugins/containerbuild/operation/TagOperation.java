package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.TagRequest;
import io.jenkins.plugins.containerbuild.engine.image.TagResult;
import io.jenkins.plugins.containerbuild.report.ImageReport;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;

/** Gives an image of the daemon more names. */
public final class TagOperation extends ExistingImageOperation<TagResult> {

    private static final long serialVersionUID = 1L;

    /** @param image the image's id or name */
    @DataBoundConstructor
    public TagOperation(String image) {
        super(image);
    }

    @Override
    EngineTask<TagResult> task(OptionReader options) throws EngineException {
        ImageSelector selector = options.image(getImage(), "tag");
        List<ImageReference> names = options.names(getTags());
        if (names.isEmpty()) {
            throw new InvalidRequestException(
                    "could not tag the image " + selector,
                    "the option 'tags' is empty",
                    "Give at least one name, for example team/app:1.0");
        }
        return new EngineTask.Tag(new TagRequest(selector, names));
    }

    @Override
    void report(OperationContext context, TagResult answer) {
        ImageReport.tagged(context.run(), context.listener(), answer);
    }

    @Override
    OperationResult result(TagResult answer) {
        return TaggedImage.of(answer);
    }

    /** Checks for the form. */
    @Extension
    public static final class DescriptorImpl extends ExistingImageDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.TagOperation_DisplayName();
        }
    }
}

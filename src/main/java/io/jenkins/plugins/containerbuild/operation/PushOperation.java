package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.registry.PushRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PushResult;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import io.jenkins.plugins.containerbuild.report.ImageReport;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Pushes an image of the daemon to registries. */
public final class PushOperation extends ExistingImageOperation<PushResult> {

    private static final long serialVersionUID = 1L;

    private String via;

    /** @param image the image's id or name; a name is pushed itself when there are no tags */
    @DataBoundConstructor
    public PushOperation(String image) {
        super(image);
    }

    /** Who pushes: {@code engine}, unless it was set, or {@code agent}. */
    @NonNull
    public String getVia() {
        return via == null ? PushVia.ENGINE.text() : via;
    }

    /** See {@link #getVia()}. */
    @DataBoundSetter
    public void setVia(@CheckForNull String via) {
        this.via = OptionValues.keep(via, PushVia.ENGINE.text());
    }

    @Override
    EngineTask<PushResult> task(OptionReader options) throws EngineException {
        PushVia way = PushVia.parse(options.text(getVia()));
        ImageSelector selector = options.image(getImage(), "push");
        List<ImageReference> names = options.names(getTags());
        if (!names.isEmpty()) {
            return new EngineTask.Push(new PushRequest(selector, names, way));
        }
        if (selector instanceof ImageSelector.Named named) {
            return new EngineTask.Push(new PushRequest(selector, List.of(named.reference()), way));
        }
        throw new InvalidRequestException(
                "could not push the image " + selector,
                "the option 'tags' is empty, and an id alone does not say where to push",
                "Give at least one name, for example registry.example:5000/team/app:1.0");
    }

    @Override
    void report(OperationContext context, PushResult answer) {
        ImageReport.pushed(context.run(), context.listener(), answer);
    }

    @Override
    OperationResult result(PushResult answer) {
        return PushedImage.of(answer);
    }

    /** Checks for the form. */
    @Extension
    public static final class DescriptorImpl extends ExistingImageDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.PushOperation_DisplayName();
        }

        /** Who can push. */
        @POST
        public ListBoxModel doFillViaItems(@AncestorInPath Item item, @QueryParameter String via) {
            return withCurrent(mayCheck(item), PushWays.all(), via);
        }
    }
}

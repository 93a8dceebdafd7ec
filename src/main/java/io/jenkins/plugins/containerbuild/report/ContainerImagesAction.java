package io.jenkins.plugins.containerbuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Functions;
import hudson.Util;
import hudson.model.Api;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The section "Container images" of a build's page. It has no link in the side panel; its address serves the API. The
 * visibilities are such that the build's own API shows everything too.
 */
@ExportedBean
public final class ContainerImagesAction implements RunAction2 {

    /** Replaced and never changed, since the build may be saved while a branch of it adds an image. */
    private volatile List<ReportedImage> images = new ArrayList<>();

    private transient Run<?, ?> run;

    private ContainerImagesAction() {}

    /** The build's own, made when it is not there yet. */
    static ContainerImagesAction of(Run<?, ?> run) {
        synchronized (run) {
            ContainerImagesAction action = run.getAction(ContainerImagesAction.class);
            if (action == null) {
                action = new ContainerImagesAction();
                run.addAction(action);
            }
            return action;
        }
    }

    /** Adds an image, or to what is known of it. */
    synchronized void add(ReportedImage image) {
        List<ReportedImage> changed = new ArrayList<>(images);
        for (int i = 0; i < changed.size(); i++) {
            if (changed.get(i).isSame(image)) {
                changed.set(i, changed.get(i).merged(image));
                images = changed;
                return;
            }
        }
        changed.add(image);
        images = changed;
    }

    /** The images, in the order in which the build first met them. */
    @Exported(visibility = 2)
    public List<ReportedImage> getImages() {
        return List.copyOf(images);
    }

    /** For the view: a size that people can read. */
    public String sizeOf(ReportedImage image) {
        return image.getSizeBytes() > 0 ? Functions.humanReadableByteSize(image.getSizeBytes()) : "";
    }

    /** For the view: a time that people can read. */
    public String durationOf(ReportedImage image) {
        return image.getDurationMillis() > 0 ? Util.getTimeSpanString(image.getDurationMillis()) : "";
    }

    /** For the view: what was done, in words. */
    public String verbsOf(ReportedImage image) {
        return String.join(
                ", ",
                image.getVerbs().stream()
                        .map(ReportedImage.Verb::getDisplayName)
                        .toList());
    }

    /** The build. */
    public Run<?, ?> getRun() {
        return run;
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        run = r;
    }

    /** The REST API. */
    public Api getApi() {
        return new Api(this);
    }

    @CheckForNull
    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.ContainerImagesAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "containerImages";
    }
}

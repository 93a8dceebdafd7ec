package io.jenkins.plugins.containerbuild.report;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.TagResult;
import io.jenkins.plugins.containerbuild.engine.registry.PullResult;
import io.jenkins.plugins.containerbuild.engine.registry.PushResult;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.direct.CopyResult;
import io.jenkins.plugins.containerbuild.engine.registry.direct.MergeResult;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Notes in a build what was done with images, for its page, its API and docker-commons' fingerprints. Called on the
 * controller, also by several branches of a build at once. An image that cannot be noted was made all the same: trouble
 * goes to the logs and never to the caller.
 */
public final class ImageReport {

    private static final Logger LOGGER = Logger.getLogger(ImageReport.class.getName());

    private ImageReport() {}

    /** See {@link #built(Run, TaskListener, BuildResult)}. */
    public static void built(Run<?, ?> run, BuildResult result) {
        built(run, null, result);
    }

    /**
     * An image was built and maybe pushed. Nothing is noted of a build that made no image.
     *
     * @param listener is told in the build's log when the note fails; may be null
     */
    public static void built(Run<?, ?> run, TaskListener listener, BuildResult result) {
        if (result.imageId() == null && result.pushed().isEmpty()) {
            return; // files were written, or nothing but the cache
        }
        ReportedImage image = ReportedImage.of(text(result.imageId()), ReportedImage.Verb.BUILT)
                .with(names(result.tags()))
                .withSize(
                        result.sizeBytes() == null ? 0 : result.sizeBytes(),
                        result.layerCount() == null ? 0 : result.layerCount())
                .withMillis(result.duration().toMillis());
        ReportedImage complete = result.pushed().isEmpty()
                ? image
                : image.merged(ReportedImage.of(image.getImageId(), ReportedImage.Verb.PUSHED)
                        .with(pushed(result.pushed())));
        note(run, listener, complete, true);
    }

    /** See {@link #tagged(Run, TaskListener, TagResult)}. */
    public static void tagged(Run<?, ?> run, TagResult result) {
        tagged(run, null, result);
    }

    /**
     * An image got more names.
     *
     * @param listener is told in the build's log when the note fails; may be null
     */
    public static void tagged(Run<?, ?> run, TaskListener listener, TagResult result) {
        note(
                run,
                listener,
                ReportedImage.of(result.imageId().toString(), ReportedImage.Verb.TAGGED)
                        .with(names(result.tags())),
                false);
    }

    /** See {@link #pushed(Run, TaskListener, PushResult)}. */
    public static void pushed(Run<?, ?> run, PushResult result) {
        pushed(run, null, result);
    }

    /**
     * An image was pushed.
     *
     * @param listener is told in the build's log when the note fails; may be null
     */
    public static void pushed(Run<?, ?> run, TaskListener listener, PushResult result) {
        note(
                run,
                listener,
                ReportedImage.of(result.imageId().toString(), ReportedImage.Verb.PUSHED)
                        .with(pushed(result.pushed()))
                        .withMillis(result.duration().toMillis()),
                false);
    }

    /** See {@link #pulled(Run, TaskListener, PullResult)}. */
    public static void pulled(Run<?, ?> run, PullResult result) {
        pulled(run, null, result);
    }

    /**
     * An image was pulled.
     *
     * @param listener is told in the build's log when the note fails; may be null
     */
    public static void pulled(Run<?, ?> run, TaskListener listener, PullResult result) {
        note(
                run,
                listener,
                ReportedImage.of(result.imageId().toString(), ReportedImage.Verb.PULLED)
                        .with(List.of(new ReportedName(result.reference().toString(), text(result.digest()))))
                        .withMillis(result.duration().toMillis()),
                false);
    }

    /** See {@link #merged(Run, TaskListener, MergeResult)}. */
    public static void merged(Run<?, ?> run, MergeResult result) {
        merged(run, null, result);
    }

    /**
     * Images were joined. What came out is an index in registries: it has a digest, but no id in any daemon.
     *
     * @param listener is told in the build's log when the note fails; may be null
     */
    public static void merged(Run<?, ?> run, TaskListener listener, MergeResult result) {
        note(
                run,
                listener,
                ReportedImage.of(null, ReportedImage.Verb.MERGED)
                        .with(pushed(result.pushed()))
                        .withMillis(result.duration().toMillis()),
                false);
    }

    /**
     * An image was brought to other names in registries.
     *
     * @param listener is told in the build's log when the note fails; may be null
     */
    public static void copied(Run<?, ?> run, TaskListener listener, CopyResult result) {
        note(
                run,
                listener,
                ReportedImage.of(null, ReportedImage.Verb.COPIED)
                        .with(pushed(result.pushed()))
                        .withMillis(result.duration().toMillis()),
                false);
    }

    private static List<ReportedName> names(List<ImageReference> tags) {
        return tags.stream().map(tag -> new ReportedName(tag.toString(), null)).toList();
    }

    private static List<ReportedName> pushed(List<PushedReference> pushed) {
        return pushed.stream()
                .map(one -> new ReportedName(one.reference().toString(), text(one.digest())))
                .toList();
    }

    private static String text(Digest digest) {
        return digest == null ? null : digest.toString();
    }

    private static void note(Run<?, ?> run, TaskListener listener, ReportedImage image, boolean fingerprint) {
        try {
            ContainerImagesAction.of(run).add(image);
            run.save();
            if (fingerprint) {
                ImageFingerprint.record(run, image);
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "could not note the image " + image.getImageId() + " in " + run);
            if (listener != null) {
                listener.getLogger()
                        .println("[container-build] WARNING: could not note the image " + image.getImageId()
                                + " on the build's page: " + e.getMessage()
                                + ". The image itself is not affected; see the log of Jenkins");
            }
        }
    }
}

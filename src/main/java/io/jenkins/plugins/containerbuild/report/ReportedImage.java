package io.jenkins.plugins.containerbuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a build did with one image. Immutable; saved with the build. */
@ExportedBean(defaultVisibility = 3)
public final class ReportedImage {

    /** What can be done with an image, in the order in which a page lists it. */
    public enum Verb {
        BUILT,
        TAGGED,
        PUSHED,
        PULLED,
        MERGED,
        COPIED;

        /** The word for it. */
        public String getDisplayName() {
            return switch (this) {
                case BUILT -> Messages.ReportedImage_built();
                case TAGGED -> Messages.ReportedImage_tagged();
                case PUSHED -> Messages.ReportedImage_pushed();
                case PULLED -> Messages.ReportedImage_pulled();
                case MERGED -> Messages.ReportedImage_merged();
                case COPIED -> Messages.ReportedImage_copied();
            };
        }
    }

    private static final int SHORT_ID = 12;

    private final String imageId;
    private final List<Verb> verbs;
    private final List<ReportedName> names;
    private final long sizeBytes;
    private final int layerCount;
    private final long millis;

    private ReportedImage(
            String imageId, List<Verb> verbs, List<ReportedName> names, long sizeBytes, int layerCount, long millis) {
        this.imageId = imageId;
        // The lists that List.copyOf makes look different in XML from one Java to the next.
        this.verbs = new ArrayList<>(verbs);
        this.names = new ArrayList<>(names);
        this.sizeBytes = sizeBytes;
        this.layerCount = layerCount;
        this.millis = millis;
    }

    /** @param imageId its id in the daemon; null for an image that is not there */
    static ReportedImage of(@CheckForNull String imageId, Verb verb) {
        return new ReportedImage(imageId, List.of(verb), List.of(), 0, 0, 0);
    }

    ReportedImage with(List<ReportedName> more) {
        return new ReportedImage(imageId, verbs, together(names, more), sizeBytes, layerCount, millis);
    }

    ReportedImage withSize(long bytes, int layers) {
        return new ReportedImage(imageId, verbs, names, bytes, layers, millis);
    }

    ReportedImage withMillis(long time) {
        return new ReportedImage(imageId, verbs, names, sizeBytes, layerCount, time);
    }

    /** This image with what was done to it later; times add up. */
    ReportedImage merged(ReportedImage later) {
        EnumSet<Verb> all = EnumSet.copyOf(verbs);
        all.addAll(later.verbs);
        return new ReportedImage(
                imageId,
                List.copyOf(all),
                together(names, later.names),
                later.sizeBytes > 0 ? later.sizeBytes : sizeBytes,
                later.layerCount > 0 ? later.layerCount : layerCount,
                millis + later.millis);
    }

    private static List<ReportedName> together(List<ReportedName> first, List<ReportedName> second) {
        Map<String, ReportedName> byName = new LinkedHashMap<>();
        first.forEach(name -> byName.put(name.getName(), name));
        second.forEach(name -> byName.merge(name.getName(), name, (old, now) -> now.getDigest() == null ? old : now));
        return List.copyOf(byName.values());
    }

    /** Whether the other tells of the same image of the daemon. */
    boolean isSame(ReportedImage other) {
        return imageId != null && imageId.equals(other.imageId);
    }

    /** Its id in the daemon, {@code sha256:} and 64 hex digits; null when it is not there, but in a registry. */
    @CheckForNull
    @Exported
    public String getImageId() {
        return imageId;
    }

    /** The id's beginning, as the docker CLI shows it; null when there is no id. */
    @CheckForNull
    public String getShortId() {
        if (imageId == null) {
            return null;
        }
        String hex = imageId.substring(imageId.indexOf(':') + 1);
        return hex.length() <= SHORT_ID ? hex : hex.substring(0, SHORT_ID);
    }

    /** What the build did with it. */
    @Exported
    public List<Verb> getVerbs() {
        return List.copyOf(verbs);
    }

    /** The names it got, was pushed under or was pulled by. */
    @Exported
    public List<ReportedName> getNames() {
        return List.copyOf(names);
    }

    /** Its size in the daemon, or 0 when the build did not learn it. */
    @Exported
    public long getSizeBytes() {
        return sizeBytes;
    }

    /** How many layers it has, or 0 when the build did not learn it. */
    @Exported
    public int getLayerCount() {
        return layerCount;
    }

    /** How long the build was busy with it, in milliseconds. */
    @Exported
    public long getDurationMillis() {
        return millis;
    }

    /** Where Jenkins shows the builds that know this image, relative to its root; null when it keeps no such record. */
    @CheckForNull
    public String getFingerprintUrl() {
        return imageId != null && verbs.contains(Verb.BUILT) && ImageFingerprint.isPossible(imageId)
                ? ImageFingerprint.url(imageId)
                : null;
    }
}

package io.jenkins.plugins.containerbuild.registries;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.engine.cleanup.SpaceRequest;
import java.math.BigInteger;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How much space builds may keep in each daemon, in gigabytes of 2^30 bytes; any amount at first. */
public class ConfiguredSpaceBudget extends AbstractDescribableImpl<ConfiguredSpaceBudget> {

    /** A million of them are more than any disk has. */
    private static final int MOST = 1_000_000;

    private static final long GIGABYTE = 1L << 30;

    private Integer cacheGb;
    private Integer volumesGb;
    private Integer imagesGb;

    /** Any amount of everything. */
    @DataBoundConstructor
    public ConfiguredSpaceBudget() {
        // all null
    }

    /** What the build cache may take, or null for any amount. */
    @CheckForNull
    public Integer getCacheGb() {
        return cacheGb;
    }

    /**
     * See {@link #getCacheGb()}.
     *
     * @throws IllegalArgumentException when it is negative or no disk is so large
     */
    @DataBoundSetter
    public void setCacheGb(@CheckForNull Integer cacheGb) {
        this.cacheGb = checked(cacheGb);
    }

    /** What the volumes may take together that this Jenkins made, or null for any amount. */
    @CheckForNull
    public Integer getVolumesGb() {
        return volumesGb;
    }

    /**
     * See {@link #getVolumesGb()}.
     *
     * @throws IllegalArgumentException when it is negative or no disk is so large
     */
    @DataBoundSetter
    public void setVolumesGb(@CheckForNull Integer volumesGb) {
        this.volumesGb = checked(volumesGb);
    }

    /** What the images may take together that builds made, or null for any amount. */
    @CheckForNull
    public Integer getImagesGb() {
        return imagesGb;
    }

    /**
     * See {@link #getImagesGb()}.
     *
     * @throws IllegalArgumentException when it is negative or no disk is so large
     */
    @DataBoundSetter
    public void setImagesGb(@CheckForNull Integer imagesGb) {
        this.imagesGb = checked(imagesGb);
    }

    @CheckForNull
    private static Integer checked(@CheckForNull Integer gigabytes) {
        if (gigabytes != null && (gigabytes < 0 || gigabytes > MOST)) {
            throw new IllegalArgumentException(Messages.ConfiguredSpaceBudget_noAmount());
        }
        return gigabytes;
    }

    /**
     * As the engine knows it.
     *
     * @param images the ids of the images that builds made in a daemon, the oldest first
     */
    public SpaceRequest toRequest(String controller, List<String> images) {
        return new SpaceRequest(controller, bytes(cacheGb), bytes(volumesGb), bytes(imagesGb), images);
    }

    @CheckForNull
    private static Long bytes(@CheckForNull Integer gigabytes) {
        return gigabytes == null ? null : Long.valueOf(gigabytes * GIGABYTE);
    }

    /** Form and checks. Everything here is for administrators alone. */
    @Extension
    @Symbol("spaceBudget")
    public static class DescriptorImpl extends Descriptor<ConfiguredSpaceBudget> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ConfiguredSpaceBudget_displayName();
        }

        /** A whole number, or nothing. */
        @POST
        public FormValidation doCheckCacheGb(@QueryParameter String value) {
            return FieldCheck.run(() -> check(value));
        }

        /** A whole number, or nothing. */
        @POST
        public FormValidation doCheckVolumesGb(@QueryParameter String value) {
            return FieldCheck.run(() -> check(value));
        }

        /** A whole number, or nothing. */
        @POST
        public FormValidation doCheckImagesGb(@QueryParameter String value) {
            return FieldCheck.run(() -> check(value));
        }

        private static void check(@CheckForNull String value) {
            String text = value == null ? "" : value.trim();
            if (!text.isEmpty()
                    && (!text.matches("\\d{1,18}") || new BigInteger(text).compareTo(BigInteger.valueOf(MOST)) > 0)) {
                throw new IllegalArgumentException(Messages.ConfiguredSpaceBudget_noAmount());
            }
        }
    }
}

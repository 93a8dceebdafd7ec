package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.io.Serializable;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Something that is done with names to an image which the daemon has already.
 *
 * @param <R> what the engine answers to it
 */
public abstract class ExistingImageOperation<R extends Serializable> extends ImageOperation<R> {

    private static final long serialVersionUID = 1L;

    private final String image;
    private List<String> tags;

    ExistingImageOperation(String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    /** The image's id or name. */
    @CheckForNull
    public String getImage() {
        return image;
    }

    /** The names. */
    @NonNull
    public List<String> getTags() {
        return OptionValues.get(tags);
    }

    /** See {@link #getTags()}. */
    @DataBoundSetter
    public void setTags(@CheckForNull List<String> tags) {
        this.tags = OptionValues.keep(tags);
    }

    /** Checks for the form. */
    public abstract static class ExistingImageDescriptor extends ImageOperationDescriptor {

        /** Checks the id or name. */
        @POST
        public FormValidation doCheckImage(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String registry) {
            return mayCheck(item) ? OptionChecks.image(value, registry) : FormValidation.ok();
        }

        /** Checks the names. */
        @POST
        public FormValidation doCheckTags(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String registry) {
            return mayCheck(item) ? OptionChecks.names(item, value, registry) : FormValidation.ok();
        }
    }
}

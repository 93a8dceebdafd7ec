package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.io.Serializable;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Something that a Docker server does with an image's names, which a registry of the admin page can complete.
 *
 * @param <R> what the engine answers to it
 */
public abstract class ImageOperation<R extends Serializable> extends DaemonOperation<R> {

    private static final long serialVersionUID = 1L;

    private String registry;

    /** The id of the registry that fills in missing hosts, or null. */
    @CheckForNull
    public String getRegistry() {
        return registry;
    }

    /** See {@link #getRegistry()}. */
    @DataBoundSetter
    public void setRegistry(@CheckForNull String registry) {
        this.registry = Util.fixEmptyAndTrim(registry);
    }

    @Override
    final String chosenRegistry() {
        return registry;
    }

    /** What the forms of these operations have in common. */
    public abstract static class ImageOperationDescriptor extends OperationDescriptor {

        /** The registries of the admin page, and of the folders around the item. */
        @POST
        public ListBoxModel doFillRegistryItems(@AncestorInPath Item item, @QueryParameter String registry) {
            return mayCheck(item)
                    ? choices(
                            Messages.OperationDescriptor_NoRegistry(),
                            ContainerBuildsConfiguration.get().registryIds(item),
                            registry)
                    : choices(Messages.OperationDescriptor_NoRegistry(), List.of(), registry);
        }
    }
}

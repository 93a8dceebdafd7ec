package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What all operations' forms and bindings have in common. */
public abstract class OperationDescriptor extends Descriptor<ContainerOperation<?>> {

    /** Makes the operation out of a submitted form, by the same rules as out of a Pipeline's options. */
    @Override
    public ContainerOperation<?> newInstance(@CheckForNull StaplerRequest2 request, JSONObject form)
            throws FormException {
        try {
            return bind(FormOptions.read(clazz, form), getDisplayName());
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "operation");
        }
    }

    /**
     * Makes the operation out of named options.
     *
     * @param verb how users call the operation, for messages
     * @throws IllegalArgumentException when an option is unknown, missing or has the wrong type
     */
    public ContainerOperation<?> bind(Map<?, ?> options, String verb) {
        return new OptionBinder<>(clazz).bind(options, verb);
    }

    /** A list as the text of its area, for the form. */
    public String toLines(List<String> entries) {
        return FormLines.write(entries);
    }

    /** The Docker servers of the admin page. */
    @POST
    public ListBoxModel doFillServerItems(@AncestorInPath Item item, @QueryParameter String server) {
        return mayCheck(item)
                ? choices(
                        Messages.OperationDescriptor_NoServer(),
                        ContainerBuildsConfiguration.get().serverNames(),
                        server)
                : choices(Messages.OperationDescriptor_NoServer(), List.of(), server);
    }

    static ListBoxModel choices(String none, List<String> names, String current) {
        ListBoxModel items = new ListBoxModel();
        items.add(none, "");
        names.forEach(items::add);
        return withCurrent(true, items, current);
    }

    /**
     * A list with the current value even when it is not among the others, so that saving a form changes nothing.
     *
     * @param allowed whether the user may see more than the current value
     */
    static ListBoxModel withCurrent(boolean allowed, ListBoxModel all, @CheckForNull String current) {
        ListBoxModel items = allowed ? all : new ListBoxModel();
        if (current != null && !current.isBlank() && items.stream().noneMatch(item -> item.value.equals(current))) {
            items.add(current);
        }
        return items;
    }

    /** Whether the user may know what a form is checked against. */
    static boolean mayCheck(@CheckForNull Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }
}

package io.jenkins.plugins.containerbuild.registries;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.ItemGroup;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The registries of a folder, for all that is in it. Who may configure the folder sets them up; their credentials are looked
 * up for each build, among those that its job may use.
 */
public final class FolderRegistries extends AbstractFolderProperty<AbstractFolder<?>> {

    private final List<ConfiguredRegistry> registries;

    /**
     * Takes entries over.
     *
     * @throws IllegalArgumentException when an entry is wrong or two contradict each other
     */
    @DataBoundConstructor
    public FolderRegistries(@CheckForNull List<ConfiguredRegistry> registries) {
        // A list of a kind that the folder's file can hold.
        this.registries = registries == null ? new ArrayList<>() : new ArrayList<>(registries);
        ConfigurationRules.checkRegistries(this.registries);
    }

    /** The entries, in the form's order. */
    @NonNull
    public List<ConfiguredRegistry> getRegistries() {
        return registries == null ? List.of() : List.copyOf(registries);
    }

    /** The form. */
    @OptionalExtension(requirePlugins = "cloudbees-folder")
    @Symbol("containerRegistries")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FolderRegistries_displayName();
        }

        /** A wrong entry is a message on the page, as on the admin page. */
        @Override
        public FolderRegistries newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form)
                throws FormException {
            if (request == null) {
                throw new FormException("registries of a folder come in a form only", "registries");
            }
            List<ConfiguredRegistry> entries = request.bindJSONToList(ConfiguredRegistry.class, form.get("registries"));
            try {
                return entries.isEmpty() ? null : new FolderRegistries(entries);
            } catch (IllegalArgumentException e) {
                throw new FormException(e.getMessage(), e, "registries");
            }
        }
    }

    /** Finds them for the builds in the folder. */
    @OptionalExtension(requirePlugins = "cloudbees-folder")
    public static final class Source implements RegistryScope.Source {

        @Override
        public List<ConfiguredRegistry> registriesAt(ItemGroup<?> group) {
            FolderRegistries found = group instanceof AbstractFolder<?> folder
                    ? folder.getProperties().get(FolderRegistries.class)
                    : null;
            return found == null ? List.of() : found.getRegistries();
        }
    }
}

package io.jenkins.plugins.containerbuild.registries;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The registries that an item's builds know: those of the folders around it, the nearest first, then the admin page's.
 * Nearer entries hide farther ones with the same id, and win where several are for the same repositories; only the nearest
 * default fills in hosts.
 */
final class RegistryScope {

    /** Where else than on the admin page registries are set up. */
    interface Source extends ExtensionPoint {

        /** The entries of just this group, none of those around it. */
        List<ConfiguredRegistry> registriesAt(ItemGroup<?> group);
    }

    private final List<ConfiguredRegistry> global;
    private final Item item;

    /** @param item whose builds; null for none, which knows the admin page's only */
    RegistryScope(List<ConfiguredRegistry> global, @CheckForNull Item item) {
        this.global = global;
        this.item = item;
    }

    /** All of them, none chosen. */
    Registries registries() throws InvalidRequestException {
        List<RegistryEntry> entries = new ArrayList<>();
        boolean hasDefault = false;
        for (ConfiguredRegistry registry : visible()) {
            entries.add(registry.toEntry(!hasDefault && registry.isDefaultRegistry()));
            hasDefault |= registry.isDefaultRegistry();
        }
        return Registries.of(entries);
    }

    /** Their ids, in their order. */
    List<String> ids() {
        return visible().stream().map(ConfiguredRegistry::getId).toList();
    }

    private List<ConfiguredRegistry> visible() {
        List<ConfiguredRegistry> all = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        ItemGroup<?> group = item instanceof ItemGroup<?> self ? self : item == null ? null : item.getParent();
        while (group != null) {
            for (Source source : ExtensionList.lookup(Source.class)) {
                addNew(source.registriesAt(group), all, ids);
            }
            group = group instanceof Item inside ? inside.getParent() : null;
        }
        addNew(global, all, ids);
        return all;
    }

    private static void addNew(List<ConfiguredRegistry> entries, List<ConfiguredRegistry> all, Set<String> ids) {
        entries.stream().filter(entry -> ids.add(entry.getId())).forEach(all::add);
    }
}

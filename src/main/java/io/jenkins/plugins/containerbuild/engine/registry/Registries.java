package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.InvalidReferenceException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The registries that one call knows, at most one of them chosen by name. Immutable. */
public final class Registries implements Serializable {

    private static final long serialVersionUID = 1L;

    private final List<RegistryEntry> entries;
    private final RegistryEntry chosen;

    private Registries(List<RegistryEntry> entries, RegistryEntry chosen) {
        this.entries = new ArrayList<>(entries);
        this.chosen = chosen;
    }

    /** Nothing is configured. */
    public static Registries none() {
        return new Registries(List.of(), null);
    }

    /** All that is configured, nothing chosen. */
    public static Registries of(List<RegistryEntry> entries) {
        return new Registries(entries, null);
    }

    /**
     * The same entries with one chosen: it fills in missing hosts, and wins over others for its address.
     *
     * @param id the entry's id, or null or empty to choose nothing
     * @throws InvalidRequestException when there is no such entry; the message lists those there are
     */
    public Registries choosing(String id) throws InvalidRequestException {
        if (id == null || id.isEmpty()) {
            return this;
        }
        for (RegistryEntry entry : entries) {
            if (entry.id().equals(id)) {
                return new Registries(entries, entry);
            }
        }
        throw new InvalidRequestException(
                "could not use the registry '" + id + "'",
                "no registry has this id",
                entries.isEmpty()
                        ? "Add it under Manage Jenkins, Container builds, or to the file given with --registries"
                        : "Known are: "
                                + String.join(
                                        ", ",
                                        entries.stream().map(RegistryEntry::id).toList()));
    }

    /** The same, with the entries for these names before the others. */
    Registries preferring(List<ImageReference> names) {
        Set<RegistryEntry> ordered = new LinkedHashSet<>();
        names.stream().map(this::entryFor).filter(entries::contains).forEach(ordered::add);
        ordered.addAll(entries);
        return new Registries(List.copyOf(ordered), chosen);
    }

    /** All entries. */
    public List<RegistryEntry> entries() {
        return List.copyOf(entries);
    }

    /** The entry that was chosen by id. */
    public Optional<RegistryEntry> chosen() {
        return Optional.ofNullable(chosen);
    }

    /** The entry that fills in missing hosts: the chosen one, else the default one. */
    public Optional<RegistryEntry> filling() {
        return chosen().or(() ->
                entries.stream().filter(RegistryEntry::defaultRegistry).findFirst());
    }

    /**
     * Reads a name; where it has no host, the chosen or the default registry fills it in.
     *
     * @throws InvalidRequestException when the name breaks the grammar of references
     */
    public ImageReference parse(String name) throws InvalidRequestException {
        try {
            return ImageReference.parse(
                    name, filling().map(RegistryEntry::domainWithPrefix).orElse(null));
        } catch (InvalidReferenceException e) {
            throw new InvalidRequestException(
                    "could not read an image name",
                    e.getMessage(),
                    "Names look like registry.example:5000/team/app:1.0",
                    e);
        }
    }

    /**
     * Where a name is asked for first: at the mirror of its registry's entry, under the same path.
     *
     * @param reference with a tag or a digest
     * @return nothing where there is no mirror
     */
    public Optional<ImageReference> atMirror(ImageReference reference) {
        RegistryAddress mirror = entryFor(reference).mirror();
        if (mirror == null) {
            return Optional.empty();
        }
        String version = reference.digest() != null ? "@" + reference.digest() : ":" + reference.tag();
        return Optional.of(ImageReference.parse(mirror.host() + '/' + reference.path() + version));
    }

    /** The entry for a name: the chosen one where its address fits, else the one with the longest fitting prefix. */
    public RegistryEntry entryFor(ImageReference reference) {
        RegistryAddress address = RegistryAddress.of(reference);
        if (chosen != null && chosen.address().equals(address)) {
            return chosen;
        }
        return entries.stream()
                .filter(entry -> entry.address().equals(address) && entry.covers(reference.path()))
                .max(Comparator.comparingInt(
                        entry -> entry.prefix() == null ? -1 : entry.prefix().length()))
                .orElseGet(() -> RegistryEntry.unconfigured(address));
    }
}

package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.context.RemoteContext;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.InvalidReferenceException;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Turns the texts of an operation's options into the engine's values: expands variables, reads names, finds paths. */
final class OptionReader {

    private final OperationContext context;
    private final Registries registries;

    OptionReader(OperationContext context, Registries registries) {
        this.context = context;
        this.registries = registries;
    }

    /** The text with its variables expanded; null when nothing is left. */
    @CheckForNull
    String text(@CheckForNull String option) {
        return context.text(option);
    }

    /** Every text with its variables expanded; those of which nothing is left are dropped. */
    List<String> texts(List<String> option) {
        return option.stream().map(this::text).filter(Objects::nonNull).toList();
    }

    /** Values with their variables expanded; an empty value stays one. */
    Map<String, String> map(Map<String, String> option) {
        Map<String, String> result = new LinkedHashMap<>();
        option.forEach((name, value) ->
                result.put(context.expansion().apply(name), context.expansion().apply(value)));
        return result;
    }

    /**
     * Where a build's context is: an address as it was given, or as {@link #path}; the current directory when nothing is
     * left of the text.
     */
    String directory(String option) {
        if (isAddress(option)) {
            return text(option);
        }
        String path = path(option);
        return path == null ? context.workspace().getRemote() : path;
    }

    /** The Dockerfile: within a context that is an address, its path there; else as {@link #path}. */
    @CheckForNull
    String dockerfile(String contextOption, @CheckForNull String option) {
        return isAddress(contextOption) ? text(option) : path(option);
    }

    private boolean isAddress(String option) {
        String text = text(option);
        return text != null && RemoteContext.of(text).isPresent();
    }

    /** A path on the machine with the workspace, relative ones taken from the current directory. */
    @CheckForNull
    String path(@CheckForNull String option) {
        String path = text(option);
        return path == null ? null : context.workspace().child(path).getRemote();
    }

    /**
     * The directory that a build must not leave: the whole workspace when the current directory is inside it, so that
     * {@code dir('sub')} may still use {@code ..}.
     */
    String root() {
        FilePath current = context.workspace();
        String workspace = context.environment().get("WORKSPACE");
        for (FilePath up = current; workspace != null && up != null; up = up.getParent()) {
            if (up.getRemote().equals(workspace)) {
                return workspace;
            }
        }
        return current.getRemote();
    }

    /** Image names; each that a default completed is shown in the log. */
    List<ImageReference> names(List<String> option) throws EngineException {
        List<ImageReference> names = new ArrayList<>();
        for (String name : texts(option)) {
            names.add(name(name));
        }
        return names;
    }

    /** An image name; shown in the log when a default completed it. */
    ImageReference name(String option) throws EngineException {
        ImageReference reference = registries.parse(option);
        return shown(option, reference);
    }

    /** An image by its id or name. */
    ImageSelector image(@CheckForNull String option, String verb) throws EngineException {
        String image = text(option);
        if (image == null) {
            throw new InvalidRequestException(
                    "could not " + verb + " an image",
                    "the option 'image' is empty",
                    "Give the image's id, for example from the result of containerBuild, or its name");
        }
        try {
            String domain =
                    registries.filling().map(RegistryEntry::domainWithPrefix).orElse(null);
            ImageSelector selector = ImageSelector.parse(image, domain);
            if (selector instanceof ImageSelector.Named named) {
                shown(image, named.reference());
            }
            return selector;
        } catch (InvalidReferenceException e) {
            throw new InvalidRequestException(
                    "could not " + verb + " an image",
                    e.getMessage(),
                    "Give the image's id, sha256: and 64 hex digits, or a name like registry.example:5000/team/app:1.0",
                    e);
        }
    }

    private ImageReference shown(String given, ImageReference reference) {
        boolean written = Stream.of(reference, reference.withDefaultTag())
                .anyMatch(form -> form.canonical().equals(given));
        if (!written) {
            context.listener()
                    .getLogger()
                    .println(given + " means " + reference.withDefaultTag().canonical());
        }
        return reference;
    }

    /** A platform, or null for the daemon's own. */
    @CheckForNull
    Platform platform(@CheckForNull String option) throws EngineException {
        String platform = text(option);
        try {
            return platform == null ? null : Platform.parse(platform);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("could not use the option 'platform'", e.getMessage(), "", e);
        }
    }
}

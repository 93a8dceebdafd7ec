package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.containerbuild.agent.EngineVariables;
import io.jenkins.plugins.containerbuild.cleanup.Makers;
import io.jenkins.plugins.containerbuild.cleanup.WrittenLogins;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.build.context.RemoteContext;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.InvalidReferenceException;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.volume.spec.VolumeSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns the texts of an operation's options into the engine's values: expands variables, reads names, finds paths. */
final class OptionReader {

    /** Reads one value of an option. */
    interface Parser<T> {
        T parse(String text) throws EngineException;
    }

    private static final Pattern ADDRESS = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://.*", Pattern.DOTALL);

    private final OperationContext context;
    private final Registries registries;
    private boolean making;

    OptionReader(OperationContext context, Registries registries) {
        this.context = context;
        this.registries = registries;
    }

    /** The registries that are configured, one of them chosen where the operation chooses one. */
    Registries registries() {
        return registries;
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

    /** Values read from texts with their variables expanded. */
    <T> List<T> each(List<String> option, Parser<T> parser) throws EngineException {
        List<T> values = new ArrayList<>();
        for (String text : texts(option)) {
            values.add(parser.parse(text));
        }
        return values;
    }

    /**
     * As {@link #map}, without white space around the values.
     *
     * @throws InvalidRequestException when nothing is left of a value
     */
    Map<String, String> filled(String name, Map<String, String> option) throws InvalidRequestException {
        Map<String, String> values = map(option);
        for (Map.Entry<String, String> entry : values.entrySet()) {
            entry.setValue(entry.getValue().trim());
            if (entry.getValue().isEmpty()) {
                throw new InvalidRequestException(
                        "could not use the option " + name,
                        "the value of '" + entry.getKey() + "' is empty",
                        "Give it a value or leave it out");
            }
        }
        return values;
    }

    /** The build's variables whose values are secrets. */
    Map<String, String> sensitive() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : context.sensitive()) {
            String value = context.environment().get(name);
            if (value != null) {
                values.put(name, value);
            }
        }
        return values;
    }

    /** The whole of the build's environment with more variables, for a program that interprets files by it. */
    Map<String, String> environmentWith(Map<String, String> option) {
        Map<String, String> all = new LinkedHashMap<>(context.environment());
        all.putAll(map(option));
        return all;
    }

    /** A variable of the build's environment, or null. */
    @CheckForNull
    String variable(String name) {
        return Util.fixEmptyAndTrim(context.environment().get(name));
    }

    /** Words of a command with their variables expanded; an empty one stays one. */
    List<String> words(List<String> option) {
        return option.stream().map(context.expansion()).toList();
    }

    /**
     * A text that has to be there.
     *
     * @param verb what is to be done, for the message
     * @throws InvalidRequestException when nothing is left of it
     */
    String required(String verb, String name, @CheckForNull String option) throws InvalidRequestException {
        String text = text(option);
        if (text == null) {
            throw new InvalidRequestException(
                    "could not " + verb, "the option '" + name + "' is empty", "Give it a value");
        }
        return text;
    }

    /** Volumes, with relative host paths taken from the current directory. */
    List<VolumeSpec> volumes(List<String> option) throws EngineException {
        List<VolumeSpec> volumes = new ArrayList<>();
        for (VolumeSpec volume : each(option, VolumeSpec::parse)) {
            String source = volume.source();
            boolean relative = volume.kind() == VolumeSpec.Kind.HOST_PATH && source != null && source.startsWith(".");
            volumes.add(
                    relative
                            ? new VolumeSpec(
                                    volume.kind(), path(source), volume.target(), volume.readOnly(), volume.options())
                            : volume);
        }
        return volumes;
    }

    /** The current directory. */
    String workingDirectory() {
        return context.workspace().getRemote();
    }

    /** The directory beside the workspace in which steps keep what they need. */
    String temporary() {
        FilePath temporary =
                WorkspaceList.tempDir(new FilePath(context.workspace().getChannel(), root()));
        return temporary == null ? root() : temporary.getRemote();
    }

    /**
     * A folder for logins, noted so that it goes with the build even if the agent is lost; nobody else has its name.
     *
     * @throws EngineException when Jenkins cannot note it
     */
    String loginFolder() throws EngineException {
        String folder = temporary() + "/container-registry-" + UUID.randomUUID();
        Computer computer = context.workspace().toComputer();
        try {
            WrittenLogins.get()
                    .add(
                            context.run(),
                            computer == null ? "" : computer.getName(),
                            folder,
                            EngineVariables.of(context.environment()));
        } catch (IOException e) {
            throw new EngineException(
                    "could not make logins for other programs",
                    "Jenkins cannot save where they are: " + e.getMessage(),
                    "Look at the disk with the home directory of Jenkins",
                    e);
        }
        return folder;
    }

    /** What tells this Jenkins from every other one. */
    static String controller() {
        return Makers.controller();
    }

    /**
     * Who makes something in a daemon here.
     *
     * @param step what makes it
     */
    Maker maker(String step) {
        making = true;
        return Makers.of(context.run(), context.workspace(), step);
    }

    /** Whether {@link #maker} was asked for: whoever makes something labels it. */
    boolean isMaking() {
        return making;
    }

    /** The build, whose item decides which credentials can be used. */
    Run<?, ?> run() {
        return context.run();
    }

    /** A build context: an address as it stands, else a directory's path; the current directory when nothing is left. */
    String context(String option) {
        String text = text(option);
        if (text == null) {
            return context.workspace().getRemote();
        }
        return isAddress(text) ? text : path(text);
    }

    /** Named contexts, each as {@link #context}. */
    Map<String, String> contexts(Map<String, String> option) throws InvalidRequestException {
        Map<String, String> contexts = filled("buildContexts", option);
        contexts.replaceAll((name, text) -> isAddress(text) ? text : path(text));
        return contexts;
    }

    /** The path of a Dockerfile; a relative one that belongs to a context elsewhere stays as it is. */
    @CheckForNull
    String dockerfile(String contextOption, @CheckForNull String option) {
        String where = text(contextOption);
        return where != null && isAddress(where) ? text(option) : path(option);
    }

    private static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches() || RemoteContext.of(text).isPresent();
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

    /**
     * An image name that has to be there.
     *
     * @param verb what is to be done with the image, for the message
     * @throws InvalidRequestException when nothing is left of it, or it is no name
     */
    ImageReference requiredName(String verb, String option, @CheckForNull String value) throws EngineException {
        String name = text(value);
        if (name == null) {
            throw new InvalidRequestException(
                    "could not " + verb + " an image",
                    "the option '" + option + "' is empty",
                    "Give its name, for example registry.example:5000/team/app:1.0");
        }
        return name(name);
    }

    /**
     * Names that tags are put behind; a registry knows them in small letters alone.
     *
     * @param names with their variables expanded
     */
    List<ImageReference> untagged(List<String> names) throws EngineException {
        List<ImageReference> references = new ArrayList<>();
        for (String name : names) {
            references.add(name(name.toLowerCase(Locale.ROOT)));
        }
        return references;
    }

    /** A line of the build's log. */
    void tell(String line) {
        context.listener().getLogger().println(line);
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

    /** Places of a cache: names are completed, directories are taken from the current one. */
    List<CacheOption> caches(String name, List<String> option) throws EngineException {
        List<CacheOption> caches = new ArrayList<>();
        for (CacheOption cache : each(option, text -> CacheOption.parse(name, text))) {
            String reference = cache.reference();
            caches.add(
                    reference == null
                            ? new CacheOption(cache.type(), withPaths(cache.attributes()))
                            : cache.withReference(
                                    name(reference).withDefaultTag().canonical()));
        }
        return caches;
    }

    private Map<String, String> withPaths(Map<String, String> attributes) {
        Map<String, String> result = new LinkedHashMap<>(attributes);
        for (String directory : List.of("src", "dest")) {
            result.computeIfPresent(directory, (name, text) -> path(text));
        }
        return result;
    }

    /** Outputs, their files and directories taken from the current directory. */
    List<BuildOutput> outputs(List<String> option) throws EngineException {
        List<BuildOutput> outputs = new ArrayList<>();
        for (BuildOutput output : each(option, BuildOutput::parse)) {
            String dest = output.dest() == null ? null : path(output.dest());
            outputs.add(new BuildOutput(output.type(), dest, completed(output.attributes())));
        }
        return outputs;
    }

    /** An output's attributes with the image names among them completed. */
    private Map<String, String> completed(Map<String, String> attributes) throws EngineException {
        Map<String, String> result = new LinkedHashMap<>(attributes);
        String given = attributes.get("name");
        if (given != null && !given.isBlank()) {
            List<String> names = new ArrayList<>();
            for (String name : given.split(",")) {
                names.add(name(name.trim()).canonical());
            }
            result.put("name", String.join(",", names));
        }
        return result;
    }

    /** Platforms; one text may name several, separated by commas. */
    List<Platform> platforms(List<String> option) throws EngineException {
        List<Platform> platforms = new ArrayList<>();
        for (String text : texts(option)) {
            for (String one : text.split(",")) {
                platforms.add(platform("platforms", one.trim()));
            }
        }
        return platforms;
    }

    /** A platform, or null for the daemon's own. */
    @CheckForNull
    Platform platform(@CheckForNull String option) throws EngineException {
        String platform = text(option);
        return platform == null ? null : platform("platform", platform);
    }

    private static Platform platform(String name, String text) throws InvalidRequestException {
        try {
            return Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("could not use the option '" + name + "'", e.getMessage(), "", e);
        }
    }
}

package io.jenkins.plugins.containerbuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.Documentation.Block;
import io.jenkins.plugins.containerbuild.operation.BuildOperation;
import io.jenkins.plugins.containerbuild.operation.BuiltImage;
import io.jenkins.plugins.containerbuild.operation.CommandResult;
import io.jenkins.plugins.containerbuild.operation.ComposeOperation;
import io.jenkins.plugins.containerbuild.operation.ContainerOptions;
import io.jenkins.plugins.containerbuild.operation.CopiedImage;
import io.jenkins.plugins.containerbuild.operation.CopyOperation;
import io.jenkins.plugins.containerbuild.operation.DeleteOperation;
import io.jenkins.plugins.containerbuild.operation.DeletedImage;
import io.jenkins.plugins.containerbuild.operation.ExecOperation;
import io.jenkins.plugins.containerbuild.operation.ImageTags;
import io.jenkins.plugins.containerbuild.operation.ImagesOperation;
import io.jenkins.plugins.containerbuild.operation.InsideContainerOperation;
import io.jenkins.plugins.containerbuild.operation.InspectOperation;
import io.jenkins.plugins.containerbuild.operation.InspectedImage;
import io.jenkins.plugins.containerbuild.operation.MadeNetwork;
import io.jenkins.plugins.containerbuild.operation.MadeVolume;
import io.jenkins.plugins.containerbuild.operation.MergeOperation;
import io.jenkins.plugins.containerbuild.operation.MergedImage;
import io.jenkins.plugins.containerbuild.operation.NetworkOperation;
import io.jenkins.plugins.containerbuild.operation.PullOperation;
import io.jenkins.plugins.containerbuild.operation.PulledImage;
import io.jenkins.plugins.containerbuild.operation.PushOperation;
import io.jenkins.plugins.containerbuild.operation.PushedImage;
import io.jenkins.plugins.containerbuild.operation.RegistryLoginOperation;
import io.jenkins.plugins.containerbuild.operation.RegistryLogins;
import io.jenkins.plugins.containerbuild.operation.RemovedVolumes;
import io.jenkins.plugins.containerbuild.operation.RunOperation;
import io.jenkins.plugins.containerbuild.operation.SocketOperation;
import io.jenkins.plugins.containerbuild.operation.SocketStatus;
import io.jenkins.plugins.containerbuild.operation.StartedContainer;
import io.jenkins.plugins.containerbuild.operation.StartedStack;
import io.jenkins.plugins.containerbuild.operation.TagList;
import io.jenkins.plugins.containerbuild.operation.TagOperation;
import io.jenkins.plugins.containerbuild.operation.TaggedImage;
import io.jenkins.plugins.containerbuild.operation.TagsOperation;
import io.jenkins.plugins.containerbuild.operation.TransferredFiles;
import io.jenkins.plugins.containerbuild.operation.VolumeArchiveOperation;
import io.jenkins.plugins.containerbuild.operation.VolumeCopyOperation;
import io.jenkins.plugins.containerbuild.operation.VolumeList;
import io.jenkins.plugins.containerbuild.operation.VolumeOperation;
import io.jenkins.plugins.containerbuild.operation.VolumePruneOperation;
import io.jenkins.plugins.containerbuild.operation.VolumeRemoveOperation;
import io.jenkins.plugins.containerbuild.operation.VolumeRestoreOperation;
import io.jenkins.plugins.containerbuild.operation.VolumesOperation;
import io.jenkins.plugins.containerbuild.operation.WithContainerOperation;
import java.beans.Introspector;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.DataBoundSetter;

/** Keeps README.md and docs/ true: samples, links, options and results. {@link SamplesIT} runs the samples. */
class DocumentationTest {

    private static final Path SAMPLES = Path.of("src/test/resources/samples");

    /** Languages whose blocks somebody will copy and run. */
    private static final Set<String> RUNNABLE = Set.of("groovy", "yaml", "sh");

    /** Getters of what operations take by their constructors. */
    private static final Set<String> CONSTRUCTED = Set.of(
            "getImage",
            "getRepository",
            "getSources",
            "getRegistries",
            "getNames",
            "getFrom",
            "getTo",
            "getName",
            "getFile",
            "getContainer",
            "getCommand");

    static Stream<Documentation> pages() throws IOException {
        return Documentation.all().stream();
    }

    static Stream<Arguments> steps() {
        return Stream.of(
                Arguments.of("containerBuild", BuildOperation.class, BuiltImage.class),
                Arguments.of("containerTag", TagOperation.class, TaggedImage.class),
                Arguments.of("containerPush", PushOperation.class, PushedImage.class),
                Arguments.of("containerPull", PullOperation.class, PulledImage.class),
                Arguments.of("containerMerge", MergeOperation.class, MergedImage.class),
                Arguments.of("containerCopy", CopyOperation.class, CopiedImage.class),
                Arguments.of("containerInspect", InspectOperation.class, InspectedImage.class),
                Arguments.of("containerImages", ImagesOperation.class, TagList.class),
                Arguments.of("containerDelete", DeleteOperation.class, DeletedImage.class),
                Arguments.of("withContainerRegistry", RegistryLoginOperation.class, RegistryLogins.class),
                Arguments.of("containerTags", TagsOperation.class, ImageTags.class),
                Arguments.of("containerSocket", SocketOperation.class, SocketStatus.class),
                Arguments.of("containerVolume", VolumeOperation.class, MadeVolume.class),
                Arguments.of("containerVolumes", VolumesOperation.class, VolumeList.class),
                Arguments.of("containerVolumeRemove", VolumeRemoveOperation.class, RemovedVolumes.class),
                Arguments.of("containerVolumePrune", VolumePruneOperation.class, RemovedVolumes.class),
                Arguments.of("containerVolumeCopy", VolumeCopyOperation.class, TransferredFiles.class),
                Arguments.of("containerVolumeArchive", VolumeArchiveOperation.class, TransferredFiles.class),
                Arguments.of("containerVolumeRestore", VolumeRestoreOperation.class, TransferredFiles.class),
                Arguments.of("withContainer", WithContainerOperation.class, StartedContainer.class),
                Arguments.of("insideContainer", InsideContainerOperation.class, StartedContainer.class),
                Arguments.of("containerRun", RunOperation.class, CommandResult.class),
                Arguments.of("containerExec", ExecOperation.class, CommandResult.class),
                Arguments.of("withContainerNetwork", NetworkOperation.class, MadeNetwork.class),
                Arguments.of("withContainerCompose", ComposeOperation.class, StartedStack.class));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void showsSamplesAsTheyAreTested(Documentation page) throws IOException {
        for (Block block : page.blocks()) {
            if (block.sample() != null) {
                assertThat(block.text())
                        .as("the sample " + block.sample() + " in " + page)
                        .isEqualTo(Files.readString(SAMPLES.resolve(block.sample())));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void showsNothingToRunThatIsNotTested(Documentation page) {
        assertThat(page.blocks())
                .filteredOn(block -> RUNNABLE.contains(block.language()))
                .allSatisfy(block -> assertThat(block.sample())
                        .as("the file of the block that begins with " + block.firstLine())
                        .isNotNull());
    }

    @Test
    void showsEverySample() throws IOException {
        List<String> shown = pages().flatMap(page -> page.blocks().stream())
                .map(Block::sample)
                .toList();
        try (Stream<Path> files = Files.list(SAMPLES)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .isNotEmpty()
                    .isSubsetOf(shown);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksToWhatIsThere(Documentation page) throws IOException {
        for (String link : page.relativeLinks()) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]);
            assertThat(target.normalize()).as(link + " in " + page).exists();
            if (parts.length == 2) {
                assertThat(Documentation.of(target).anchors())
                        .as("the headings of " + target)
                        .contains(parts[1]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("steps")
    void hasOneRowForEachOptionOfAStep(String step, Class<?> operation, Class<?> result) throws IOException {
        Set<String> options = names(operation, "set", method -> method.isAnnotationPresent(DataBoundSetter.class));
        // What the constructor takes has a getter as well, and no setter.
        options.addAll(names(operation, "get", method -> CONSTRUCTED.contains(method.getName())));

        List<String> rows = new ArrayList<>(firstCells("Options of " + step));
        if (ContainerOptions.class.isAssignableFrom(operation)) {
            rows.addAll(firstCells("Options of every container"));
        }

        assertThat(rows).containsExactlyInAnyOrderElementsOf(options);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void hasOneRowForEachPropertyOfAResult(String step, Class<?> operation, Class<?> result) throws IOException {
        assertThat(firstCells("What " + step + " returns")).containsExactlyInAnyOrderElementsOf(properties(result));
    }

    /** Of the one page that has the heading. */
    private static List<String> firstCells(String heading) throws IOException {
        String anchor = heading.toLowerCase(Locale.ROOT).replace(' ', '-');
        List<Documentation> pages =
                pages().filter(page -> page.anchors().contains(anchor)).toList();
        assertThat(pages).as("pages with the heading " + heading).hasSize(1);
        return pages.get(0).firstCells(heading);
    }

    private static Set<String> properties(Class<?> result) {
        Set<String> properties = names(result, "get", method -> method.isAnnotationPresent(Whitelisted.class));
        properties.addAll(names(result, "is", method -> method.isAnnotationPresent(Whitelisted.class)));
        return properties;
    }

    private static Set<String> names(Class<?> type, String prefix, Predicate<Method> wanted) {
        Set<String> names = new TreeSet<>();
        for (Method method : type.getMethods()) {
            if (method.getName().startsWith(prefix)
                    && !Modifier.isStatic(method.getModifiers())
                    && !method.isBridge()
                    && wanted.test(method)) {
                names.add(Introspector.decapitalize(method.getName().substring(prefix.length())));
            }
        }
        return names;
    }
}

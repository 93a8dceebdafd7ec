package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Whatever the engine can be told of a build has a flag, spelled as the docker CLI spells it, and every flag is documented. */
class EveryOptionTest {

    /** The command line runs as its caller, who may use every file; what tag rules imply is no option of its own. */
    private static final Set<String> NO_FLAGS = Set.of("root", "build", "impliedAnnotations");

    /** The docker CLI has no such flag; it reads the Dockerfile from standard input. */
    private static final Map<String, String> OTHER_NAMES = Map.of("dockerfileInline", "--file");

    static List<String> options() {
        return Arrays.stream(BuildRequest.Builder.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .filter(name -> !NO_FLAGS.contains(name))
                .sorted()
                .distinct()
                .toList();
    }

    @Test
    void isDocumented() throws IOException {
        String page = Files.readString(Path.of("../docs/command-line.md"));
        for (EngineCommand command : List.of(
                new BuildCommand(),
                new MergeCommand(),
                new CopyCommand(),
                new InspectCommand(),
                new ImagesCommand(),
                new DeleteCommand(),
                new PushCommand(),
                new TagsCommand())) {
            new CommandLine(command)
                    .getCommandSpec().options().stream()
                            .filter(option -> !option.usageHelp() && !option.versionHelp())
                            .forEach(option -> assertThat(page).contains("`" + option.longestName()));
        }
    }

    @ParameterizedTest
    @MethodSource("options")
    void hasAFlag(String option) {
        Set<String> flags = new CommandLine(new BuildCommand())
                .getCommandSpec()
                .optionsMap()
                .keySet();
        String flag = OTHER_NAMES.getOrDefault(
                option, "--" + option.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
        assertThat(flags).containsAnyOf(flag, flag.replaceFirst("s$", ""));
    }
}

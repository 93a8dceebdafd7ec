package io.jenkins.plugins.containerbuild.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import java.beans.Introspector;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Whatever the engine can be told of a build, users can tell it: with an option of the same name, which has a field and a
 * help text. {@link io.jenkins.plugins.containerbuild.DocumentationTest} looks into the documentation, and the command
 * line's own tests look for its flag.
 */
class EveryOptionTest {

    private static final Path FORMS = Path.of("src/main/resources/io/jenkins/plugins/containerbuild/operation");

    /** What the plugin says by itself. */
    private static final Set<String> NO_OPTIONS = Set.of("root", "build", "impliedAnnotations");

    /** Other spellings of secrets, attests and tags, and what chooses the daemon and not the build. */
    private static final Set<String> FOR_USERS_ALONE = Set.of(
            "builder",
            "context",
            "defaultBranch",
            "provenance",
            "registry",
            "sbom",
            "secretEnvs",
            "secretFiles",
            "server",
            "tagFlavor",
            "tagImages",
            "tagRules");

    @Test
    void ofTheEngineIsThereForUsers() {
        Set<String> expected = new TreeSet<>();
        Arrays.stream(BuildRequest.Builder.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .filter(name -> !NO_OPTIONS.contains(name))
                .forEach(expected::add);

        Set<String> options = options();
        options.removeAll(FOR_USERS_ALONE);
        assertThat(options).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void hasOneFieldAndAHelpText() throws IOException {
        String forms = Files.readString(FORMS.resolve("BuildOperation/config.jelly"))
                + Files.readString(FORMS.resolve("DaemonOperation/common.jelly"))
                + Files.readString(FORMS.resolve("ContainerOperation/registry.jelly"));
        for (String option : options()) {
            assertThat(forms.split(" field=\"" + option + "\"", -1))
                    .as("fields for " + option)
                    .hasSize(2);
            assertThat(new Path[] {
                        FORMS.resolve("BuildOperation/help-" + option + ".html"),
                        FORMS.resolve("DaemonOperation/help-" + option + ".html"),
                        FORMS.resolve("ContainerOperation/help-" + option + ".html")
                    })
                    .as("help for " + option)
                    .filteredOn(Files::exists)
                    .hasSize(1);
        }
    }

    private static Set<String> options() {
        Set<String> options = new TreeSet<>();
        for (Method method : BuildOperation.class.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                options.add(Introspector.decapitalize(method.getName().substring("set".length())));
            }
        }
        return options;
    }
}

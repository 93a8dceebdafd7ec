package io.jenkins.plugins.containerbuild.engine.build.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildContextTest {

    @TempDir
    Path temporary;

    private Path root;
    private Path context;

    @BeforeEach
    void makeWorkspace() throws IOException {
        root = Files.createDirectory(temporary.resolve("workspace")).toRealPath();
        context = Files.createDirectory(root.resolve("app"));
    }

    @Test
    void findsTheDockerfileOfTheContext() throws Exception {
        write("app/Dockerfile");

        BuildContext opened = BuildContext.open(context, null, root);

        assertThat(opened.directory()).isEqualTo(context);
        assertThat(opened.dockerfile()).isEqualTo(context.resolve("Dockerfile"));
        assertThat(opened.isDockerfileInside()).isTrue();
        assertThat(opened.dockerfileName()).isEqualTo("Dockerfile");
        assertThat(opened.ignoreFile()).isNull();
    }

    @Test
    void fallsBackToALowerCaseDockerfile() throws Exception {
        write("app/dockerfile");

        assertThat(BuildContext.open(context, null, null).dockerfileName()).isEqualTo("dockerfile");
    }

    @Test
    void looksForARelativeDockerfileInTheContextThenInTheWorkspace() throws Exception {
        write("app/docker/one");
        write("docker/one");
        write("docker/two");

        BuildContext inside = BuildContext.open(context, "docker/one", root);
        BuildContext beside = BuildContext.open(context, "docker/two", root);

        assertThat(inside.dockerfile()).isEqualTo(context.resolve("docker/one"));
        assertThat(inside.dockerfileName()).isEqualTo("docker/one");
        assertThat(beside.dockerfile()).isEqualTo(root.resolve("docker/two"));
        assertThat(beside.isDockerfileInside()).isFalse();
        assertThat(beside.dockerfileName()).matches("\\.dockerfile\\.[0-9a-f-]{36}");
        assertThat(BuildContext.open(context, "app/docker/one", root).dockerfileName())
                .isEqualTo("docker/one");
    }

    @Test
    void takesAbsoluteAndRelativePaths() throws Exception {
        write("app/Dockerfile");
        Path dockerfile = write("other/Dockerfile");

        assertThat(BuildContext.open(context, dockerfile.toString(), null).dockerfile())
                .isEqualTo(dockerfile);
        assertThat(BuildContext.open(Path.of("app"), null, root).directory()).isEqualTo(context);
        assertThat(BuildContext.open(Path.of("."), "other/Dockerfile", root).directory())
                .isEqualTo(root);
    }

    @Test
    void prefersTheDockerfilesOwnIgnoreFile() throws Exception {
        write("app/Dockerfile");
        write("app/prod.Dockerfile");
        Path general = write("app/.dockerignore");
        Path own = write("app/prod.Dockerfile.dockerignore");

        assertThat(BuildContext.open(context, null, root).ignoreFile()).isEqualTo(general);
        assertThat(BuildContext.open(context, "prod.Dockerfile", root).ignoreFile())
                .isEqualTo(own);
    }

    @Test
    void takesTheIgnoreFileBesideADockerfileFromElsewhere() throws Exception {
        write("app/.dockerignore");
        write("docker/Dockerfile");
        Path own = write("docker/Dockerfile.dockerignore");

        assertThat(BuildContext.open(context, "docker/Dockerfile", root).ignoreFile())
                .isEqualTo(own);
    }

    @Test
    void refusesAMissingDirectory() {
        assertRefused(
                root.resolve("nope"),
                null,
                "could not open the build context " + root.resolve("nope") + ": there is no such directory");
    }

    @Test
    void refusesAFileAsDirectory() throws Exception {
        Path file = write("app/Dockerfile");

        assertRefused(file, null, "could not open the build context " + file + ": it is not a directory");
    }

    @Test
    void refusesAMissingDockerfileAndNamesLookalikes() throws Exception {
        assertRefused(
                context,
                null,
                "could not find the Dockerfile " + context.resolve("Dockerfile")
                        + ": there is no such file. Check the path");
        write("app/docker/Dockerfile.prod");
        write("app/DOCKERFILE.txt");
        write("app/my.dockerfile");
        write("app/zz.dockerfile");
        write("app/zz.dockerfile.dockerignore");

        assertRefused(
                context,
                "Dockerfile.dev",
                "there is no such file. Give one by the option 'file'; the context has DOCKERFILE.txt,"
                        + " docker/Dockerfile.prod, my.dockerfile");
    }

    @Test
    void refusesADirectoryAsDockerfile() throws Exception {
        Files.createDirectory(context.resolve("Dockerfile"));

        assertRefused(
                context, null, "could not use the Dockerfile " + context.resolve("Dockerfile") + ": it is a directory");
        assertRefused(context, "", "it is a directory");
    }

    @Test
    void refusesANameThatNoFileCanHave() {
        assertRefused(
                context, "Docker\0file", "could not use the Dockerfile 'Docker\\u0000file': this is no file name");
    }

    @Test
    void refusesAContextOutsideTheWorkspace() throws Exception {
        Path outside = Files.createDirectory(temporary.resolve("outside")).toRealPath();

        assertRefused(
                outside, null, "could not open the build context " + outside + ": it is outside the workspace " + root);
        assertRefused(root.resolve("../outside"), null, "it is outside the workspace " + root);
        assertRefused(root.resolve("../missing"), null, "it is outside the workspace " + root);
        Files.createSymbolicLink(root.resolve("link"), outside);
        assertRefused(
                root.resolve("link"), null, "it leads to " + outside + ", which is outside the workspace " + root);
    }

    @Test
    void refusesADockerfileOutsideTheWorkspace() throws Exception {
        Path outside = Files.writeString(temporary.resolve("Dockerfile"), "FROM scratch")
                .toRealPath();

        assertRefused(
                context,
                outside.toString(),
                "could not use the Dockerfile " + outside + ": it is outside the workspace");
        assertRefused(context, "../../Dockerfile", "it is outside the workspace " + root);
        Files.createSymbolicLink(root.resolve("link"), outside);
        assertRefused(context, "../link", "it leads to " + outside + ", which is outside the workspace " + root);
    }

    @Test
    void refusesADockerfileThatLeadsOutOfTheContext() throws Exception {
        Path real = write("docker/Dockerfile");
        Files.createSymbolicLink(context.resolve("Dockerfile"), real);
        String reason = "it is a symbolic link to " + real + ", which is outside the build context " + context;

        assertRefused(context, null, reason);
        assertThatThrownBy(() -> BuildContext.open(context, null, null)).hasMessageContaining(reason);
    }

    @Test
    void refusesAnIgnoreFileThatLeadsOutOfTheContext() throws Exception {
        write("app/Dockerfile");
        Path real = write("secret");
        Files.createSymbolicLink(context.resolve(".dockerignore"), real);

        assertRefused(
                context,
                null,
                "could not use the ignore file " + context.resolve(".dockerignore") + ": it is a symbolic link to "
                        + real);
    }

    @Test
    void followsALinkThatStaysInTheContext() throws Exception {
        write("app/docker/real");
        Files.createSymbolicLink(context.resolve("Dockerfile"), Path.of("docker/real"));

        assertThat(BuildContext.open(context, null, root).dockerfileName()).isEqualTo("docker/real");
    }

    @Test
    void saysThatALinkLeadsNowhere() throws Exception {
        Files.createSymbolicLink(context.resolve("Dockerfile"), Path.of("gone"));

        assertRefused(context, null, "it is a symbolic link to something that does not exist");
    }

    @Test
    void acceptsAWorkspaceThatIsItselfALink() throws Exception {
        write("app/Dockerfile");
        Path link = Files.createSymbolicLink(temporary.resolve("link"), root);

        BuildContext opened = BuildContext.open(
                link.resolve("app"), link.resolve("app/Dockerfile").toString(), link);

        assertThat(opened.directory()).isEqualTo(context);
        assertThat(opened.dockerfileName()).isEqualTo("Dockerfile");
    }

    @Test
    void refusesABadIgnoreFile() throws Exception {
        write("app/Dockerfile");
        Files.writeString(context.resolve(".dockerignore"), "ok\n[\n");

        assertRefused(context, null, "line 2 is no pattern ([)");
    }

    private Path write(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "FROM scratch\n");
    }

    private void assertRefused(Path directory, String dockerfile, String message) {
        assertThatThrownBy(() -> BuildContext.open(directory, dockerfile, root))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(message);
    }
}

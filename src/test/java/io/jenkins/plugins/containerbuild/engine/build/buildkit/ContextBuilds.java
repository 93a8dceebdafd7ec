package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static io.jenkins.plugins.containerbuild.engine.build.buildkit.BuildKitBuilds.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecret;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts.Contexts;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts of every kind; its subclasses name the daemons. */
abstract class ContextBuilds {

    @TempDir
    Path folder;

    Path context;
    String unique;
    ContextServer server;

    @BeforeEach
    void start() throws Exception {
        context = Files.createDirectory(folder.resolve("context"));
        unique = UUID.randomUUID().toString();
        server = new ContextServer(folder.resolve("www"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    BuildRequest.Builder request() {
        return BuildRequest.of(context.toString());
    }

    @Test
    void takesADockerfileThatIsNoFile(TestEngine daemon) throws Exception {
        Files.writeString(context.resolve("kept"), unique);
        Files.writeString(context.resolve("left-out"), unique);
        Files.writeString(context.resolve(".dockerignore"), "left-out\n");
        String text = "FROM base:1\nCOPY . /src\nRUN echo %s; ls /src; cat /src/kept\n";

        String first =
                output(daemon, request().dockerfileInline(text.formatted("one")).build());
        // Of the same length: a daemon that went by size and time alone would run the first one again.
        String second =
                output(daemon, request().dockerfileInline(text.formatted("two")).build());

        assertThat(first).contains("one", "kept", unique).doesNotContain("left-out");
        assertThat(second).contains("two").doesNotContain("one");
        try (Stream<Path> files = Files.list(context)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void wantsOneDockerfileAlone() {
        assertThatThrownBy(() -> opened(request().file("Dockerfile").dockerfileInline("FROM base:1")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("dockerfileInline");
        assertThatThrownBy(() -> opened(request().dockerfileInline(" \n")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("it is empty");
    }

    @Test
    void buildsABranchOfAGitRepository(TestEngine daemon) throws Exception {
        Path sources = dockerfile(folder.resolve("sources"), "FROM base:1", "COPY . /src", "RUN cat /src/hello");
        Files.writeString(sources.resolve("hello"), "hello " + unique);
        Files.write(sources.resolve("Other"), List.of("FROM base:1", "RUN echo other " + unique));
        String repository = server.repository("app", sources);

        assertThat(output(daemon, BuildRequest.of(repository + "#main").build()))
                .contains("hello " + unique);
        assertThat(output(
                        daemon,
                        BuildRequest.of(repository + "#main").file("Other").build()))
                .contains("other " + unique);
        assertThatThrownBy(() ->
                        output(daemon, BuildRequest.of(repository + "#absent").build()))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("absent");
    }

    @Test
    void buildsAGitRepositoryWithADockerfileFromHere(TestEngine daemon) throws Exception {
        Path sources = Files.createDirectory(folder.resolve("sources"));
        Files.writeString(sources.resolve("hello"), "hello " + unique);
        String repository = server.repository("app", sources);
        Path file = dockerfile(folder.resolve("local"), "FROM base:1", "COPY hello /", "RUN echo file; cat /hello")
                .resolve("Dockerfile");

        assertThat(output(
                        daemon,
                        BuildRequest.of(repository + "#main")
                                .dockerfileInline("FROM base:1\nCOPY hello /\nRUN echo inline; cat /hello\n")
                                .build()))
                .contains("inline\nhello " + unique);
        assertThat(output(
                        daemon,
                        BuildRequest.of(repository + "#main")
                                .file(file.toString())
                                .build()))
                .contains("file\nhello " + unique);
    }

    @Test
    void readsAPrivateGitRepositoryWithATokenThatNoLogShows(TestEngine daemon) throws Exception {
        Path sources = dockerfile(folder.resolve("sources"), "FROM base:1", "RUN echo private " + unique);
        String repository = server.repository("private", sources) + "#main";
        server.requireToken("token-" + unique);
        Path token = Files.writeString(folder.resolve("token"), "token-" + unique);

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            assertThatThrownBy(() ->
                            under.engine().build(BuildRequest.of(repository).build()))
                    .isInstanceOf(BuildFailedException.class);
            under.engine()
                    .build(BuildRequest.of(repository)
                            .secrets(List.of(BuildSecret.ofFile("GIT_AUTH_TOKEN", token.toString())))
                            .build());

            assertThat(under.log()).contains("private " + unique).doesNotContain("token-" + unique);
        }
    }

    @Test
    void buildsATarballAndADockerfileFromTheWeb(TestEngine daemon) throws Exception {
        Path sources = dockerfile(folder.resolve("sources"), "FROM base:1", "COPY hello /", "RUN cat /hello");
        Files.writeString(sources.resolve("hello"), "hello " + unique);
        ContextServer.run(
                sources, "tar", "-czf", folder.resolve("www/app.tar.gz").toString(), ".");
        Files.write(folder.resolve("www/Dockerfile"), List.of("FROM base:1", "RUN echo alone " + unique));

        assertThat(output(daemon, BuildRequest.of(server.url("app.tar.gz")).build()))
                .contains("hello " + unique);
        assertThat(output(daemon, BuildRequest.of(server.url("Dockerfile")).build()))
                .contains("alone " + unique);
        assertThatThrownBy(() ->
                        output(daemon, BuildRequest.of(server.url("absent")).build()))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("404");
    }

    @Test
    void neverBuildsFromAnAddressWithAPassword() throws Exception {
        dockerfile(context, "FROM base:1");
        assertThatThrownBy(() -> opened(BuildRequest.of("https://me:hunter2@example.com/app.git")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("GIT_AUTH_TOKEN")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(
                        () -> opened(request().buildContexts(Map.of("app", "https://me:hunter2@example.com/app.git"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("GIT_AUTH_TOKEN")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void saysThatNoFurtherContextIsAnSshUrl() throws Exception {
        dockerfile(context, "FROM base:1");
        assertThatThrownBy(() -> opened(request().buildContexts(Map.of("app", "ssh://git@example.com/app.git"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("buildContexts with 'ssh://example.com/app.git'")
                .hasMessageContaining("git@host:path");
    }

    @Test
    void saysWhichContextsThereAre() {
        assertThatThrownBy(() -> opened(BuildRequest.of("ftp://example.com/app.tar")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Give a directory, a Git repository");
    }

    @Test
    void letsNoFurtherContextLeaveTheWorkspace() throws Exception {
        Files.createDirectory(folder.resolve("outside"));
        dockerfile(context, "FROM base:1");
        Files.createSymbolicLink(context.resolve("link"), folder.resolve("outside"));

        for (String place : List.of("../outside", folder.resolve("outside").toString(), "link")) {
            assertThatThrownBy(() -> opened(request().root(context.toString()).buildContexts(Map.of("more", place))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("outside the workspace");
        }
    }

    private static void opened(BuildRequest.Builder request) throws Exception {
        Contexts.open(request.build());
    }
}

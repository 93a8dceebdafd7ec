package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecret;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.testkit.DockerCommand;
import io.jenkins.plugins.containerbuild.testkit.ImageArchive;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestFrontend;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds with the frontend that a Dockerfile's line {@code # syntax=} names, which knows more than the daemons' own:
 * {@code COPY --parents}. Subclasses name the daemon.
 */
abstract class SyntaxBuilds {

    @TempDir
    Path folder;

    private Path context() throws Exception {
        Path context = Files.createDirectories(folder.resolve("context"));
        for (String file : List.of("src/one/a.txt", "src/one/b.md", "src/two/deep/c.txt", "other/d.txt")) {
            Files.createDirectories(context.resolve(file).getParent());
            Files.writeString(context.resolve(file), file);
        }
        return context;
    }

    @Test
    void buildsWhatTheDockerCommandBuilds(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        Path context = dockerfile(
                context(),
                "# syntax=" + TestFrontend.in(registry),
                "FROM base:1",
                "COPY --parents src/*/*.txt src/two/deep /all/",
                "COPY --parents ./src/./two/deep/*.txt /from-here/",
                "COPY --link --chmod=640 --chown=7:8 <<END /heredoc.txt",
                "written in the Dockerfile",
                "END",
                "RUN <<END",
                "echo one > /ran",
                "echo two >> /ran",
                "END");
        Instant begin = Instant.now().minusSeconds(60);

        DockerCommand.fitting(daemon)
                .run(daemon, List.of("build", "-q", "--no-cache", "-t", "syntax:docker", context.toString()));
        build(
                daemon,
                BuildRequest.of(context.toString()).noCache(true).tags(List.of(ImageReference.parse("syntax:ours"))));

        ImageArchive expected = ImageArchive.of(daemon, "syntax:docker", folder.resolve("docker"), begin);
        ImageArchive actual = ImageArchive.of(daemon, "syntax:ours", folder.resolve("ours"), begin);
        assertThat(actual).isEqualTo(expected);
        assertThat(actual.layers().toString()).contains("all/src/one/a.txt", "from-here/two/deep/c.txt");
    }

    @Test
    void passesWhatTheOptionsGiveOnToTheFrontend(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        Path more = Files.createDirectories(folder.resolve("more"));
        Files.writeString(more.resolve("named.txt"), "of a named context");
        Path secret = Files.writeString(folder.resolve("token"), "hunter-of-the-test");
        Path context = dockerfile(
                context(),
                "# syntax=" + TestFrontend.in(registry),
                "FROM base:1 AS wanted",
                "ARG WORD",
                "COPY --from=more named.txt /",
                "RUN --mount=type=secret,id=token,required grep -q hunter /run/secrets/token"
                        + " && echo \"$WORD $(cat /named.txt)\"",
                "FROM wanted",
                "RUN false");

        String log = build(
                        daemon,
                        BuildRequest.of(context.toString())
                                .target("wanted")
                                .buildArgs(Map.of("WORD", "given"))
                                .buildContexts(Map.of("more", more.toString()))
                                .secrets(List.of(BuildSecret.ofFile("token", secret.toString())))
                                .noCache(true))
                .log();

        assertThat(log).contains("given of a named context").doesNotContain("hunter-of-the-test");
    }

    @Test
    void logsInToTheFrontendsRegistry(TestEngine daemon, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry)
            throws Exception {
        Path context = dockerfile(
                context(), "# syntax=" + TestFrontend.in(registry), "FROM base:1", "COPY --parents src/one /");

        Registries known = Registries.of(List.of(new RegistryEntry(
                "private", RegistryAddress.parse(registry.address()), null, "login", true, false, false)));
        CredentialsSource login = entry ->
                Optional.of(RegistryCredentials.password(TestRegistry.USERNAME, Secret.of(TestRegistry.PASSWORD)));

        assertThatThrownBy(() -> build(daemon, BuildRequest.of(context.toString())))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("could not get the frontend " + registry.address());
        BuildResult result =
                build(daemon, BuildRequest.of(context.toString()), known, login).result();
        assertThat(result.imageId()).isNotNull();
    }

    @Test
    void showsTheLineThatTheFrontendRefuses(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        Path context =
                dockerfile(context(), "# syntax=" + TestFrontend.in(registry), "FROM base:1", "COPY --nonsense a b");

        assertThatThrownBy(() -> build(daemon, BuildRequest.of(context.toString())))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("nonsense")
                .hasMessageFindingMatch("Dockerfile:3|at line 3")
                .hasMessageNotContaining("rpc error");
    }

    @Test
    void asksTheFrontendForTheTargets(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        Path context = dockerfile(
                context(),
                "# syntax=" + TestFrontend.in(registry),
                "# What is shipped",
                "FROM base:1 AS release",
                "COPY --parents src /");

        BuildResult result = build(daemon, BuildRequest.of(context.toString()).call(Call.TARGETS))
                .result();

        assertThat(result.answer().text()).contains("release");
    }

    private record Built(BuildResult result, String log) {}

    private static Built build(TestEngine daemon, BuildRequest.Builder request) throws Exception {
        return build(daemon, request, Registries.none(), CredentialsSource.ANONYMOUS);
    }

    private static Built build(
            TestEngine daemon, BuildRequest.Builder request, Registries registries, CredentialsSource credentials)
            throws Exception {
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon, registries, credentials)) {
            BuildResult result = under.engine().build(request.build());
            return new Built(result, under.log());
        }
    }
}

package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.testkit.DockerCommand;
import io.jenkins.plugins.containerbuild.testkit.EngineGate;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar, as an admin calls it. */
@WithEngine
class CommandLineIT {

    @TempDir
    private Path folder;

    private TestEngine daemon;

    @BeforeEach
    void setUp(TestEngine engine) {
        daemon = engine;
    }

    private record Outcome(int code, String out, String err) {

        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    private Outcome run(String... arguments) throws Exception {
        return runWithInput("", arguments);
    }

    private Outcome runWithInput(String input, String... arguments) throws Exception {
        return runAs(List.of(), System.getProperty("containerbuild.cli.jar"), input, arguments);
    }

    private Outcome runAs(List<String> user, String jar, String input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(user);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), CommandJvm.QUICK, "-jar", jar));
        command.addAll(List.of(arguments));
        File out = folder.resolve("out.txt").toFile();
        File err = folder.resolve("err.txt").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        builder.environment().put("DOCKER_HOST", daemon.uri().toString());
        builder.environment().put("FROM_ENVIRONMENT", "taken");
        Process process = builder.start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
    }

    @Test
    void mergesImagesOfTwoPlatforms(@WithRegistry TestRegistry registry) throws Exception {
        String name = registry.address() + "/cli/merge-" + UUID.randomUUID();
        String repository = name.substring(name.indexOf('/') + 1);
        String[] digests = new String[2];
        for (String architecture : List.of("amd64", "arm64")) {
            String directory = context("FROM scratch", "COPY Dockerfile /for-" + architecture)
                    .toString();
            Outcome built = run(
                    "build",
                    "--json",
                    "--platform",
                    "linux/" + architecture,
                    "-t",
                    name + ":" + architecture,
                    "--push",
                    directory);
            assertThat(built.code()).as(built.err()).isZero();
            digests[architecture.equals("amd64") ? 0 : 1] =
                    built.json().path("digest").asText();
        }

        Outcome merged =
                run("merge", "--json", "-t", name + ":1", "-t", name + ":2", name + "@" + digests[0], name + ":arm64");
        assertThat(merged.code()).as(merged.err()).isZero();
        String digest = registry.manifestDigest(repository, "1").orElseThrow();
        assertThat(merged.json().path("digest").asText()).isEqualTo(digest);
        assertThat(merged.json().path("platforms").path("linux/amd64").asText()).isEqualTo(digests[0]);
        assertThat(merged.json().path("platforms").path("linux/arm64").asText()).isEqualTo(digests[1]);
        assertThat(merged.json().path("pushed")).hasSize(2);
        assertThat(merged.err()).contains(name + ":arm64 is linux/arm64", "Pushed " + name + ":2@" + digest);

        // No daemon takes part.
        Outcome plain = run("merge", "-H", "unix:///nowhere.sock", "-t", name + ":3", name + ":1");
        assertThat(plain.code()).as(plain.err()).isZero();
        assertThat(plain.out().strip()).isEqualTo(name + ":3@" + digest);

        Outcome twice = run("merge", "--json", "-t", name + ":4", name + ":amd64", name + "@" + digests[0]);
        assertThat(twice.code()).isEqualTo(1);
        assertThat(twice.json().path("error").path("why").asText()).contains("linux/amd64", name + ":amd64");
        assertThat(run("merge", name + ":1").code()).isEqualTo(2);
        assertThat(run("merge", "-t", name + ":1").code()).isEqualTo(2);
    }

    @Test
    void saysWhichTagsAnImageShouldHave() throws Exception {
        String[] facts = {
            "--git-tag", "v1.2.3", "--commit", "860c1904a1ce19322e91ac35af1ab07466440c37", "-H", "unix:///nowhere.sock"
        };
        Outcome plain = run(with(
                facts,
                "tags",
                "Team/App",
                "r.example/app",
                "--rule",
                "type=semver,pattern={{version}}",
                "--rule=type=sha"));
        assertThat(plain.code()).as(plain.err()).isZero();
        assertThat(plain.out().lines())
                .containsExactly(
                        "team/app:1.2.3",
                        "team/app:sha-860c190",
                        "team/app:latest",
                        "r.example/app:1.2.3",
                        "r.example/app:sha-860c190",
                        "r.example/app:latest");

        Outcome document =
                run(with(facts, "tags", "--json", "--flavor", "latest=false", "--rule=type=match,pattern=x"));
        assertThat(document.code()).as(document.err()).isZero();
        assertThat(document.json().path("tags")).isEmpty();
        assertThat(document.json().path("version").isNull()).isTrue();
        assertThat(document.json()
                        .path("labels")
                        .path("org.opencontainers.image.revision")
                        .asText())
                .startsWith("860c190");
        assertThat(document.err()).contains("type=match: 'x' does not match 'v1.2.3'");

        Outcome usual = runAs(
                List.of("env", "BRANCH_NAME=feature/a", "GIT_URL=https://u:p@git.example/team/app.git"),
                System.getProperty("containerbuild.cli.jar"),
                "",
                "tags",
                "--json",
                "--jenkins-variables");
        assertThat(usual.json().path("tagNames")).hasToString("[\"feature-a\"]");
        assertThat(usual.json()
                        .path("labels")
                        .path("org.opencontainers.image.source")
                        .asText())
                .isEqualTo("https://git.example/team/app");

        Outcome wrong = run("tags", "--json", "--rule", "type=ref,event=brnch");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.json().path("error").path("advice").asText()).startsWith("Did you mean 'branch'?");
        assertThat(run("tags", "--branch=a", "--git-tag=b").code()).isEqualTo(2);
    }

    private static String[] with(String[] last, String... first) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(last));
        return all.toArray(new String[0]);
    }

    private Path context(String... lines) throws IOException {
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.write(context.resolve("Dockerfile"), List.of(lines));
        return context;
    }

    @Test
    void buildsTagsPushesPullsAndInspects(@WithRegistry TestRegistry registry) throws Exception {
        String unique = UUID.randomUUID().toString();
        String context = context("FROM base:1", "ARG FROM_ENVIRONMENT", "RUN echo " + unique + " $FROM_ENVIRONMENT")
                .toString();
        String name = registry.address() + "/cli/app";

        Outcome built =
                run("build", "--json", "-t", "cli:1", "--label", "a=b", "--build-arg", "FROM_ENVIRONMENT", context);
        assertThat(built.code()).as(built.err()).isZero();
        assertThat(built.err()).contains("[2/2] RUN echo").contains(unique + " taken");
        JsonNode document = built.json();
        String id = document.path("imageId").asText();
        assertThat(id).matches("sha256:[0-9a-f]{64}");
        assertThat(document.path("digest").isNull()).isTrue();
        assertThat(document.path("tags").get(0).asText()).isEqualTo("cli:1");
        assertThat(document.path("sizeBytes").asLong()).isPositive();
        assertThat(document.path("durationMillis").asLong()).isPositive();
        assertThat(document.path("steps")).hasSize(2).allSatisfy(step -> {
            assertThat(step.path("name").asText()).isNotEmpty();
            assertThat(step.path("cached").isBoolean()).isTrue();
            assertThat(step.path("durationMillis").isNumber()).isTrue();
        });

        Outcome tagged = run("tag", id, name + ":tagged");
        assertThat(tagged.code()).isZero();
        assertThat(daemon.imageId(name + ":tagged")).hasValue(id);

        Outcome pushed = run("push", "--json", "--image", id, "-t", name + ":1", "-t", name + ":2");
        assertThat(pushed.code()).as(pushed.err()).isZero();
        assertThat(pushed.json().path("pushed")).hasSize(2);
        String digest = pushed.json().path("pushed").get(1).path("digest").asText();
        assertThat(pushed.json().path("pushed").get(1).path("reference").asText())
                .isEqualTo(name + ":2");
        assertThat(registry.manifestDigest("cli/app", "2")).hasValue(digest);

        Outcome past = run("push", "--json", "--via", "agent", "--image", id, "-t", name + ":past");
        assertThat(past.code()).as(past.err()).isZero();
        assertThat(registry.manifestDigest("cli/app", "past")).hasValue(digest);
        context("FROM base:1", "LABEL via=agent");
        Outcome gone = run("build", "--json", "--push", "--via", "agent", "-t", name + ":built", context);
        assertThat(gone.code()).as(gone.err()).isZero();
        assertThat(registry.manifestDigest("cli/app", "built"))
                .hasValue(gone.json().path("digest").asText());
        assertThat(run("push", "--via", "pigeon", name + ":1").err()).contains("Write one of: engine, agent");

        Outcome pulled = run("pull", "--json", name + ":1");
        assertThat(pulled.json().path("digest").asText()).isEqualTo(digest);

        Outcome inspected = run("inspect", name + "@" + digest);
        assertThat(inspected.json().path("imageId").asText()).isEqualTo(id);
        assertThat(inspected.json().path("labels").path("a").asText()).isEqualTo("b");
    }

    @Test
    void withoutJsonOnlyTheValueStandsOnStandardOutput() throws Exception {
        Outcome built = run("build", context("FROM base:1", "LABEL a=b").toString());

        assertThat(built.out().trim()).matches("sha256:[0-9a-f]{64}");
        assertThat(built.err()).contains("Using the Docker Engine");
    }

    @Test
    void leavesTheFilesThatTheDockerCommandLeaves(@WithRegistry TestRegistry registry) throws Exception {
        String name = registry.address() + "/cli/files";
        Path id = folder.resolve("image id");
        Path metadata = folder.resolve("metadata.json");
        String context = context("FROM base:1", "LABEL files=yes").toString();
        String[] build = {
            "build",
            "--iidfile",
            id.toString(),
            "--metadata-file",
            metadata.toString(),
            "-q",
            "--push",
            "-t",
            name + ":1",
            "-t",
            name + ":2",
            context
        };

        Outcome built = run(build);

        assertThat(built.code()).as(built.err()).isZero();
        assertThat(id).hasContent(built.out().strip());
        JsonNode told = new ObjectMapper().readTree(metadata.toFile());
        assertThat(told.path("containerimage.config.digest").asText())
                .isEqualTo(built.out().strip());
        assertThat(told.path("containerimage.digest").asText())
                .isEqualTo(registry.manifestDigest("cli/files", "2").orElseThrow());
        assertThat(told.path("image.name").asText()).isEqualTo(name + ":1," + name + ":2");

        Path theirs = folder.resolve("their image id");
        DockerCommand.fitting(daemon).run(daemon, List.of("build", "--iidfile", theirs.toString(), context));
        assertThat(Files.readString(theirs)).hasSameSizeAs(Files.readString(id));

        // A build that fails leaves no file of an earlier one.
        context("FROM base:1", "RUN false");
        assertThat(run(build).code()).isEqualTo(1);
        assertThat(id).doesNotExist();
        assertThat(metadata).doesNotExist();
    }

    @Test
    void quietTellsOfNothingButTheResult() throws Exception {
        String context =
                context("FROM base:1", "RUN echo loud " + UUID.randomUUID()).toString();

        Outcome built = run("build", "--quiet", context);

        assertThat(built.out().strip()).matches("sha256:[0-9a-f]{64}");
        assertThat(built.err()).doesNotContain("loud");
        assertThat(run("build", "--quiet", "--progress", "plain", context).err())
                .contains("could not use --quiet with --progress plain");
        Outcome refused = run("build", "--iidfile", folder.toString(), context);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("could not use the file " + folder);
    }

    @Test
    void tellsWhichDaemonItFound() throws Exception {
        JsonNode info = run("info", "--json").json();

        assertThat(info.path("uri").asText()).isEqualTo(daemon.uri().toString());
        assertThat(info.path("source").asText()).isEqualTo("DOCKER_HOST");
        assertThat(info.path("version").asText()).isEqualTo(daemon.version());
    }

    @Test
    void failsWithOneMessageAndCodeOne() throws Exception {
        Outcome failed = run(
                "build",
                "--json",
                "-t",
                "fails:1",
                context("FROM base:1", "RUN exit 3").toString());

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("ERROR: could not build fails:1").doesNotContain("\tat ");
        assertThat(failed.json().path("error").path("what").asText()).isEqualTo("could not build fails:1");
        assertThat(failed.json().path("error").path("message").asText()).contains("RUN exit 3");
    }

    @Test
    void wrongUsageIsCodeTwo() throws Exception {
        assertThat(run("build").code()).isEqualTo(2);
        assertThat(run("push").code()).isEqualTo(2);
        assertThat(run("bake").code()).isEqualTo(2);
        assertThat(run("info", "--username", "alice").code()).isEqualTo(2);
        assertThat(run("pull", "--no-such-option", "x").err()).isEqualToNormalizingNewlines("""
                        ERROR: Unknown option: '--no-such-option'
                        Try 'container-build pull --help'.
                        """);
        assertThat(run("build").err())
                .contains("Missing required parameter: 'CONTEXT'")
                .hasLineCount(2);
        assertThat(run("bulid", ".").err()).contains("container-build build");
    }

    @Test
    void anOptionThatCannotBeReadIsOneMessage() throws Exception {
        String context = context("FROM base:1").toString();
        for (String[] wrong : new String[][] {
            {"--add-host", "nonsense", "addHosts with 'nonsense'"},
            {"--ulimit", "nofile", "the ulimit 'nofile'"},
            {"--secret", "token", "secret with 'token'"},
            {"--ssh", "default", "SSH_AUTH_SOCK is not set"},
            {"--platform", "linux/", "linux/"},
            {"--output", "type=nosuch,dest=x", "no type 'nosuch'"},
            {"--cache-to", "type=nosuch", "nosuch"},
            {"--network", "mine", "the network 'mine'"},
            {"--tag", "Team/App:1", "upper-case letter"},
            {"--call", "lint", "no such call"},
            {"--progress", "fancy", "no such kind of progress"},
            {"--allow", "everything", "no such entitlement"},
            {"--file", "Dockerfil", "could not find the Dockerfile"},
            {"--target", "nope", "nope"}
        }) {
            Outcome refused = run("build", wrong[0], wrong[1], context);

            assertThat(refused.code()).as(wrong[0]).isEqualTo(1);
            assertThat(refused.err().lines().filter(line -> line.startsWith("ERROR: ")))
                    .as(wrong[0])
                    .hasSize(1);
            assertThat(refused.err()).contains(wrong[2]).doesNotContain("\tat ", "Exception", "HTTP/2");
        }
    }

    @Test
    void aFileThatTheUserMayNotReadIsNamed(@TempDir Path open) throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can become somebody else");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path jar = Files.copy(Path.of(System.getProperty("containerbuild.cli.jar")), open.resolve("cli.jar"));
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
        Path context = Files.createDirectory(open.resolve("context"));
        Files.write(context.resolve("Dockerfile"), List.of("FROM base:1", "COPY . /all"));
        Files.setPosixFilePermissions(
                Files.writeString(context.resolve("private.key"), "private"),
                PosixFilePermissions.fromString("rw-------"));
        try (EngineGate gate = EngineGate.at(open.resolve("docker.sock"), daemon)) {
            Files.setPosixFilePermissions(open.resolve("docker.sock"), PosixFilePermissions.fromString("rw-rw-rw-"));

            Outcome refused = runAs(
                    List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
                    jar.toString(),
                    "",
                    "build",
                    "--host",
                    gate.uri().toString(),
                    context.toString());

            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("could not send 'private.key' of the build context " + context)
                    .contains("nobody")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void logsInWithAPasswordFromStandardInput(@WithRegistry(RegistryKind.PASSWORD) TestRegistry registry)
            throws Exception {
        String name = registry.address() + "/cli/private:1";
        String[] push = {
            "push", "--image", "base:1", "-t", name, "--username", TestRegistry.USERNAME, "--password-stdin"
        };

        Outcome pushed = runWithInput(TestRegistry.PASSWORD + "\n", push);
        Outcome refused = runWithInput("wrong\n", push);

        assertThat(pushed.code()).as(pushed.err()).isZero();
        assertThat(pushed.out()).startsWith(name + "@sha256:");
        assertThat(pushed.err()).doesNotContain(TestRegistry.PASSWORD);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("logged in as '" + TestRegistry.USERNAME + "'");
    }

    @Test
    void readsRegistriesInTheShapeOfConfigurationAsCode(@WithRegistry TestRegistry registry) throws Exception {
        Path file = folder.resolve("registries.yaml");
        Files.writeString(file, """
                containerBuilds:
                  registries:
                    - id: nexus
                      address: "%s"
                      prefix: cli/team
                      plainHttp: true
                """.formatted(registry.address()));

        Outcome pushed = run(
                "push",
                "--registries",
                file.toString(),
                "--registry",
                "nexus",
                "--image",
                "docker.io/library/base:1",
                "-t",
                "app:1");
        Outcome unknown = run("pull", "--registries", file.toString(), "--registry", "nexsu", "app:1");

        assertThat(pushed.code()).as(pushed.err()).isZero();
        assertThat(registry.manifestDigest("cli/team/app", "1")).isPresent();
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("no registry has this id. Known are: nexus");
    }

    @Test
    void aBrokenRegistriesFileIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("registries.yaml"), "registries: [{id: a, adress: b}]");

        Outcome failed = run("pull", "--registries", file.toString(), "app:1");

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains(file.toString()).contains("unknown key 'adress'");
    }

    @Test
    void aSocketWithoutPermissionNamesTheUserAndWhatHelps(@TempDir Path open) throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can become somebody else");
        // Everybody may come here, as to /var/run, but only root may use the socket.
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path jar = Files.copy(Path.of(System.getProperty("containerbuild.cli.jar")), open.resolve("cli.jar"));
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
        Path socket = open.resolve("docker.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));

            Outcome refused = runAs(
                    List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
                    jar.toString(),
                    "",
                    "info",
                    "--host",
                    "unix://" + socket);

            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("could not reach Docker at unix://" + socket)
                    .contains("permission denied")
                    .contains("--group-add $(stat -c %g " + socket + ")");
        }
    }

    @Test
    void takesTheDaemonsAddressBeforeAndBehindTheCommand() throws Exception {
        String nowhere = "unix://" + folder.resolve("none.sock");

        assertThat(run("--host", nowhere, "info").err()).contains(nowhere);
        assertThat(run("info", "-H", nowhere).err()).contains(nowhere);
    }

    @Test
    void helpShowsEveryCommand() throws Exception {
        Outcome help = run("--help");

        assertThat(help.code()).isZero();
        assertThat(help.out())
                .contains("build", "tag", "push", "pull", "merge", "copy", "images", "delete", "inspect", "info");
    }
}

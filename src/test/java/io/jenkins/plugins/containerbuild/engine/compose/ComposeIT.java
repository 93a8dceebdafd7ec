package io.jenkins.plugins.containerbuild.engine.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import io.jenkins.plugins.containerbuild.engine.BackgroundCall;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.cleanup.ReapRequest;
import io.jenkins.plugins.containerbuild.engine.cleanup.ReapResult;
import io.jenkins.plugins.containerbuild.engine.cleanup.Remnant;
import io.jenkins.plugins.containerbuild.engine.container.ContainerDetails;
import io.jenkins.plugins.containerbuild.engine.container.ContainerRights;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import io.jenkins.plugins.containerbuild.engine.volume.spec.HostPathPolicy;
import io.jenkins.plugins.containerbuild.testkit.TestCompose;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Projects of Docker Compose come up, tell why they do not, and leave nothing. */
@WithEngine
class ComposeIT {

    private static final String SLEEPING = "    command: ['sleep', '300']";
    /** Whoever runs may not have said anything yet. */
    private static final String TOLD =
            "    healthcheck: {test: ['CMD', 'test', '-e', '/told'], interval: 500ms, retries: 100}";

    private static TestCompose compose;

    @TempDir
    private Path workspace;

    private TestEngine daemon;
    private ComposeKit kit;
    private EngineUnderTest under;

    @BeforeAll
    static void findCompose() {
        compose = TestCompose.find();
    }

    @BeforeEach
    void open(TestEngine engine) throws Exception {
        daemon = engine;
        workspace = workspace.toRealPath();
        Files.setPosixFilePermissions(workspace, PosixFilePermissions.fromString("rwxr-xr-x"));
        kit = new ComposeKit(engine, compose, workspace);
        under = EngineUnderTest.on(engine);
    }

    @AfterEach
    void leaveNothing() throws Exception {
        try {
            kit.assertNothingLeft(under);
        } finally {
            under.engine()
                    .cleanup()
                    .reap(ReapRequest.ofBuilds(kit.maker().controller(), Set.of("team/app#7", "team/app#8")));
            under.close();
        }
    }

    private ComposeStack up(ComposeRequest request) throws Exception {
        return under.engine().compose().up(request);
    }

    private void assertFails(ComposeRequest request, String... words) {
        assertThatThrownBy(() -> up(request))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll(words);
    }

    private static ContainerDetails container(ComposeStack stack, String service) {
        return stack.services().stream()
                .filter(found -> found.service().equals(service))
                .findFirst()
                .orElseThrow()
                .container();
    }

    /** A service of each kind, with all that Compose makes. */
    private void writeApplication() throws Exception {
        kit.write("conf/word", "of the workspace");
        kit.write("token", "of a file");
        kit.write(
                "compose.yaml",
                "services:",
                "  db:",
                "    image: base:1",
                "    stop_signal: SIGKILL",
                "    command: ['sh', '-c', 'echo \"$$(cat /conf/word) $$(cat /run/secrets/token) $$COST $WORD\";"
                        + " sleep 1; touch /data/ready; sleep 300']",
                "    environment: {COST: '5$$'}",
                "    healthcheck: {test: ['CMD', 'test', '-e', '/data/ready'], interval: 1s, retries: 100}",
                "    volumes: ['data:/data', './conf:/conf:ro', '/anonymous']",
                "    secrets: [token]",
                "  web:",
                "    build: {context: ., dockerfile_inline: \"FROM base:1\\nRUN echo built >/built\\n\"}",
                "    stop_signal: SIGKILL",
                "    command: ['nc', '-ll', '-p', '8081', '-e', 'cat', '/built']",
                // Whoever runs may not listen yet.
                "    healthcheck: {test: ['CMD-SHELL', 'nc 127.0.0.1 8081 </dev/null | grep -q built'],"
                        + " interval: 500ms, retries: 100}",
                "    ports: ['127.0.0.1::8081']",
                "    depends_on: {db: {condition: service_healthy}}",
                "  migration:",
                "    image: base:1",
                "    command: ['true']",
                "  debugger:",
                "    image: not-there:1",
                "    profiles: [debug]",
                "volumes:",
                "  data:",
                "secrets:",
                "  token: {file: ./token}");
    }

    @Test
    void aProjectIsUpAndHealthyAndEndsWithAllThatItMade() throws Exception {
        writeApplication();
        Map<String, String> variables = new HashMap<>(kit.variables());
        variables.put("WORD", "of the build");
        ComposeRequest usual = kit.request();
        ComposeRequest request = new ComposeRequest(
                usual.files(),
                null,
                List.of(),
                variables,
                List.of(),
                usual.images(),
                usual.waiting(),
                false,
                ContainerRights.NONE,
                null,
                kit.maker());

        ComposeStack stack = up(request);

        assertThat(stack.project()).startsWith("team-app-7-");
        assertThat(under.log()).contains("Using Docker Compose " + stack.composeVersion());
        assertThat(stack.services()).extracting(ComposeService::service).containsExactly("db", "migration", "web");
        assertThat(container(stack, "db").health()).isEqualTo("healthy");
        assertThat(container(stack, "migration").exitCode()).isZero();
        assertThat(under.engine().containers().logs(container(stack, "db").id(), 0))
                .isEqualTo("of the workspace of a file 5$ of the build\n");
        assertThat(answer(stack.host(), container(stack, "web").port(8081).orElseThrow()))
                .isEqualTo("built");
        for (ComposeService service : stack.services()) {
            Ownership ownership = service.container().ownership().orElseThrow();
            assertThat(ownership.maker()).isEqualTo(kit.maker());
            assertThat(ownership.scope()).isEqualTo(Scope.BUILD);
        }
        assertThat(under.engine().compose().services(stack.project())).hasSize(3);

        under.engine().compose().down(kit.down(stack));
        under.engine().compose().down(kit.down(stack));

        assertThatThrownBy(() -> under.engine().compose().services(stack.project()))
                .hasMessageContaining("has no containers of it");
    }

    private static String answer(String host, int port) throws Exception {
        try (Socket socket = new Socket(host, port);
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            return reader.readLine();
        }
    }

    @Test
    void whatADeadBuildLeftOfAProjectIsRemoved() throws Exception {
        writeApplication();
        ComposeStack stack = up(kit.request());

        ReapResult result = under.engine()
                .cleanup()
                .reap(ReapRequest.ofBuilds(
                        kit.maker().controller(), Set.of(kit.maker().build())));

        assertThat(result.left()).isEmpty();
        assertThat(result.removed())
                .extracting(Remnant::kind, Remnant::name)
                .contains(
                        tuple(Remnant.Kind.CONTAINER, stack.project() + "-db-1"),
                        tuple(Remnant.Kind.CONTAINER, stack.project() + "-web-1"),
                        tuple(Remnant.Kind.NETWORK, stack.project() + "_default"),
                        tuple(Remnant.Kind.VOLUME, stack.project() + "_data"),
                        tuple(Remnant.Kind.BUILT_IMAGE, stack.project() + "-web:latest"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{image: base:1|did not find expected",
                "{imag: 'base:1'}|Additional property imag is not allowed",
                "{image: 'base:1', volumes: ['/etc:/x']}|the service web, which mounts /etc at /x: it leads to /etc, which is outside",
                "{image: 'base:1', volumes: ['../..:/x']}|which is outside the workspace",
                "{image: 'base:1', volumes: ['./link:/x']}|which is outside the workspace",
                "{image: 'base:1', volumes: [{type: bind, source: ./no, target: /x, bind: {create_host_path: false}}]}|there is no",
                "{image: 'base:1', volumes: ['/var/run/docker.sock:/d']}|allow it with the option dockerSocket",
                "{image: 'base:1', privileged: true}|the service web: it asks for privileged",
                "{image: 'base:1', cap_add: [SYS_ADMIN]}|it asks for cap_add",
                "{image: 'base:1', pid: host}|it asks for pid: host",
                "{image: 'base:1', pid: 'container:of-others'}|it asks for pid: container:of-others",
                "{image: 'base:1', volumes_from: ['container:of-others:ro']}|it asks for volumes_from container:of-others",
                "{image: 'base:1', devices: ['/dev/null']}|allow it with the option privileged",
                "{image: 'base:1', security_opt: ['apparmor=unconfined']}|it asks for security_opt",
                "{image: 'base:1', secrets: [outside]}|the secret outside of the Compose file: it leads to /etc/hostname",
                "{image: 'base:1', volumes: ['host:/x']}|the volume host that is at /etc of the daemon",
                "{build: /etc}|could not build the service web out of /etc",
                "{image: 'missing:1', pull_policy: never}|the service web of the image missing:1",
                "{image: 'A:B:C'}|the service web of the image A:B:C: could not read the image's name",
                "{image: 'base:1', environment: ['X=${MUST:?is needed}']}|Set the variable with the option env",
                "{build: {context: ., dockerfile_inline: \"FROM base:1\\nRUN exit 7\"}}|exit code: 7",
            })
    void mistakesAreToldWithFileOrService(String service, String words) throws Exception {
        Files.createSymbolicLink(workspace.resolve("link"), Path.of("/etc"));
        kit.write(
                "docker-compose.yml",
                "services:",
                "  web: " + service,
                "secrets: {outside: {file: /etc/hostname}}",
                "volumes: {host: {driver_opts: {type: none, o: 'ro, bind', device: /etc}}}");

        assertFails(kit.request(), words);

        assertThat(under.log()).doesNotContain("Could not remove");
    }

    @Test
    void filesAndServicesThatAreNotThereAreNamed() throws Exception {
        assertFails(kit.request(), "could not find a Compose file", "docker-compose.yml", "option files");
        assertFails(kit.withFiles(kit.files("no.yml")), "could not read the Compose file no.yml", "there is no file");
        assertFails(kit.withFiles(kit.files("/etc/hostname")), "which is outside the workspace");
        Files.createSymbolicLink(workspace.resolve("link.yml"), Path.of("/etc/hostname"));
        assertFails(kit.withFiles(kit.files("link.yml")), "it leads to /etc/hostname, which is outside the workspace");

        kit.write("compose.yml", "services:", "  web:", "    image: base:1", "    profiles: [debug]");

        assertFails(kit.with(List.of("app"), List.of()), workspace.resolve("compose.yml") + ": no such service: app");
        assertFails(kit.with(List.of("--help"), List.of()), "could not use '--help' as a service's name");
        assertFails(kit.with(List.of(), List.of("a b")), "could not use 'a b' as a profile's name");
        assertFails(kit.request(), "Name a profile or a service");
    }

    @Test
    void filesElsewhereAndRightsCanBeAllowed() throws Exception {
        Path elsewhere = Files.createTempDirectory("elsewhere").toRealPath();
        Path file = Files.writeString(
                elsewhere.resolve("far.yml"),
                "services: {web: {image: 'base:1', devices: ['/dev/null:/dev/none'], stop_signal: SIGKILL, command: ['sleep', '300'],"
                        + " volumes: ['.:/x']}}");
        HostPathPolicy allowed = new HostPathPolicy(false, List.of(elsewhere.toString()));
        ComposeFiles files =
                new ComposeFiles(List.of(file.toString()), workspace.toString(), workspace.toString(), allowed);
        ComposeRequest usual = kit.withRights(new ContainerRights(true, false, false));
        ComposeRequest request = new ComposeRequest(
                files,
                null,
                List.of(),
                kit.variables(),
                List.of("web"),
                usual.images(),
                usual.waiting(),
                false,
                usual.rights(),
                null,
                kit.maker());

        ComposeStack stack = up(request);

        assertThat(stack.services()).hasSize(1);
        under.engine().compose().down(kit.down(stack));
        Files.delete(file);
        Files.delete(elsewhere);
    }

    @Test
    void aServiceThatEndsAtOnceIsNamedWithItsLastLines() throws Exception {
        kit.write(
                "compose.yml",
                "services:",
                "  db:",
                "    image: base:1",
                "    stop_signal: SIGKILL",
                SLEEPING,
                "  web:",
                "    image: base:1",
                "    command: ['sh', '-c', 'echo no database; exit 3']",
                "  done:",
                "    image: base:1",
                "    command: ['echo', 'bye']",
                "    ports: ['127.0.0.1::80']");

        assertFails(
                kit.request(),
                "could not bring up the project team-app-7-",
                workspace.resolve("compose.yml").toString(),
                "the service web: its process ended with exit code 3; its last lines:\nweb | no database\n",
                "the service done: its process ended with exit code 0");

        assertThat(workspace.resolve("logs/web.log")).hasContent("no database");
        assertThat(workspace.resolve("logs/done.log")).hasContent("bye");
        assertThat(workspace.resolve("logs/db.log")).isEmptyFile();
    }

    @Test
    void aHealthCheckThatNeverPassesEndsWithTheTimeLimit() throws Exception {
        kit.write(
                "compose.yml",
                "services:",
                "  db:",
                "    image: base:1",
                "    stop_signal: SIGKILL",
                "    command: ['sh', '-c', 'echo not yet; sleep 300']",
                "    healthcheck: {test: ['CMD-SHELL', 'echo still asleep; exit 1'], interval: 200ms, retries: 100}",
                "  web:",
                "    image: base:1",
                SLEEPING,
                "    depends_on: {db: {condition: service_healthy}}");

        assertFails(
                // Docker Compose takes its time until the service has its first check.
                kit.withLimit(Duration.ofSeconds(8)),
                "it was not ready within 8.0 seconds",
                "the service db: its health check has not passed; the last health check ended with exit code 1: still asleep",
                "db | not yet");
    }

    @Test
    void aPortThatIsTakenIsToldWithItsService() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            kit.write(
                    "compose.yml",
                    "services:",
                    "  web:",
                    "    image: base:1",
                    SLEEPING,
                    "    ports: ['127.0.0.1:" + taken.getLocalPort() + ":80']");

            assertFails(
                    kit.request(),
                    "address already in use",
                    "the service web: it was not started",
                    "the daemon then chooses a free one");
        }
    }

    @Test
    void anInterruptedStartLeavesNothing() throws Exception {
        kit.write(
                "compose.yml",
                "services:",
                "  db:",
                "    image: base:1",
                "    command: ['sh', '-c', 'sleep 300']",
                "    volumes: ['data:/data']",
                "    healthcheck: {test: ['CMD', 'false'], interval: 1s, retries: 100}",
                "  web:",
                "    image: base:1",
                "    depends_on: {db: {condition: service_healthy}}",
                "volumes: {data: }");
        BackgroundCall call = new BackgroundCall(() -> up(kit.request()));
        call.awaitProgress(Duration.ofSeconds(30), () -> under.log().contains("Waiting"));

        call.interrupt();

        call.awaitInterruptedEnd(Duration.ofSeconds(6));
    }

    @Test
    void keptVolumesAreThereForTheJobsNextBuildAndForNoOther() throws Exception {
        kit.write(
                "compose.yml",
                "services:",
                "  db:",
                "    image: base:1",
                "    stop_signal: SIGKILL",
                "    command: ['sh', '-c', 'echo run >>/data/runs; cat /data/runs; touch /told; sleep 300']",
                TOLD,
                "    volumes: ['data:/data']",
                "volumes: {data: }");
        String project = kit.request("kept-by-team-app", kit.maker(), true).project();

        ComposeStack first = up(kit.request(project, kit.maker(), true));
        assertFails(
                kit.request(project, kit.other("team/app"), true),
                "has the container kept-by-team-app-db-1 of a project of this name, of the build team/app#7");
        under.engine().compose().down(new DownRequest(project, kit.maker().controller(), true, kit.variables()));

        InspectVolumeResponse kept =
                daemon.client().inspectVolumeCmd(project + "_data").exec();
        Ownership ownership = Ownership.of(kept.getLabels()).orElseThrow();
        assertThat(ownership.scope()).isEqualTo(Scope.JOB);
        assertThat(ownership.maker().job()).isEqualTo("team/app");
        assertFails(
                kit.request(project, kit.other("team/other"), true),
                "has the volume kept-by-team-app_data of a project");
        ComposeStack second = up(kit.request(project, kit.other("team/app"), false));
        assertThat(under.engine().containers().logs(container(second, "db").id(), 0))
                .isEqualTo("run\nrun\n");
        assertThat(container(first, "db").id())
                .isNotEqualTo(container(second, "db").id());
        assertThatThrownBy(() ->
                        under.engine().compose().down(new DownRequest(project, "another", false, kit.variables())))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("it was not made by another");
        under.engine().compose().down(kit.down(second));
    }

    @Test
    void whatComposeCannotEndIsEndedWithoutIt() throws Exception {
        kit.write("compose.yml", "services:", "  db:", "    image: base:1", SLEEPING);
        ComposeStack stack = up(kit.request());
        Path broken = kit.write("broken/cli-plugins/docker-compose", "#!/bin/sh", "[ $1 = version ] && echo 2.0.0");
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwxr-xr-x"));

        under.engine()
                .compose()
                .down(new DownRequest(
                        stack.project(),
                        kit.maker().controller(),
                        false,
                        Map.of("DOCKER_CONFIG", workspace.resolve("broken").toString())));

        assertThat(under.log()).contains("Docker Compose could not end the project " + stack.project());
    }

    @Test
    void secretsAreInNoArgumentAndNoFile() throws Exception {
        kit.write(
                "compose.yml",
                "services:",
                "  db:",
                "    image: base:1",
                "    stop_signal: SIGKILL",
                "    command: ['sh', '-c', 'cat /run/secrets/token; echo; touch /told; sleep 300']",
                TOLD,
                "    environment: ['PASSWORD=${PASSWORD}']",
                "    secrets: [token]",
                "secrets: {token: {environment: PASSWORD}}");
        Path seen = workspace.resolve("seen");
        Path watched = kit.write(
                "watched/cli-plugins/docker-compose",
                "#!/bin/sh",
                "echo \"$*\" >>" + seen,
                "ls -A >>" + seen,
                "exec " + compose.program() + " \"$@\"");
        Files.setPosixFilePermissions(watched, PosixFilePermissions.fromString("rwxr-xr-x"));
        ComposeRequest usual = kit.request();
        ComposeRequest request = new ComposeRequest(
                usual.files(),
                null,
                List.of(),
                Map.of("DOCKER_CONFIG", workspace.resolve("watched").toString(), "PASSWORD", "hunter-2"),
                List.of(),
                usual.images(),
                usual.waiting(),
                false,
                ContainerRights.NONE,
                null,
                kit.maker());

        ComposeStack stack = up(request);

        assertThat(under.engine().containers().logs(container(stack, "db").id(), 0))
                .isEqualTo("hunter-2\n");
        assertThat(Files.readAllLines(seen))
                .anyMatch(line -> line.contains(" up "))
                .noneMatch(line -> line.contains("hunter-2"))
                .allMatch(line -> line.startsWith("version") || line.startsWith("--ansi"));
        assertThat(request.toString()).doesNotContain("hunter-2");
        under.engine().compose().down(kit.down(stack));
    }
}

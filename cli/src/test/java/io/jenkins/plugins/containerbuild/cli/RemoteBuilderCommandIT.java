package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.testkit.BuildKitGate;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestAuthority;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command build on a BuildKit daemon of its own. */
@WithEngine(EngineKind.ENGINE_26_CONTAINERD)
class RemoteBuilderCommandIT {

    @TempDir
    private Path folder;

    private Path context;

    @BeforeEach
    void writeTheContext() throws Exception {
        context = Files.createDirectories(folder.resolve("context"));
        Files.write(context.resolve("Dockerfile"), List.of("FROM scratch", "COPY text /text"));
        Files.writeString(context.resolve("text"), "sent to a builder");
    }

    private record Outcome(int code, String err) {}

    private static Outcome run(String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
        return new Outcome(code, err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void buildsOnTheFirstBuilderThatAnswers(TestEngine engine) throws Exception {
        TestAuthority authority = TestAuthority.in(folder.resolve("tls"));
        TestAuthority.Identity client = authority.client("client");
        try (BuildKitGate gate = BuildKitGate.withTls(engine, authority, authority.server("server", "IP:127.0.0.1"))) {
            Outcome outcome = run(
                    "build",
                    "--builder",
                    "tcp://127.0.0.1:1," + gate.address(),
                    "--builder-tls-ca",
                    authority.certificate().toString(),
                    "--builder-tls-cert",
                    client.certificate().toString(),
                    "--builder-tls-key",
                    client.key().toString(),
                    "-o",
                    folder.resolve("out").toString(),
                    context.toString());

            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(outcome.err())
                    .contains("could not use the builder at tcp://127.0.0.1:1: nothing listens there")
                    .contains("Using the builder at " + gate.address())
                    .doesNotContain("Docker Engine");
            assertThat(folder.resolve("out/text")).hasContent("sent to a builder");
        }
    }

    @Test
    void saysWhatIsWrongWithTheOptions() {
        assertThat(run("build", "--builder-tls-ca", "ca.pem", context.toString()))
                .isEqualTo(new Outcome(
                        2,
                        "ERROR: could not use the certificates: --builder-tls-... goes with --builder. Name the builder"
                                + System.lineSeparator()));
        assertThat(run("build", "--builder", "tcp://b:1", "--builder-tls-key", "key.pem", context.toString())
                        .err())
                .contains("--builder-tls-cert and --builder-tls-key go together");
        assertThat(run("build", "--builder", "tcp://b:1", "--builder-tls-ca", "none.pem", context.toString())
                        .err())
                .contains("could not read none.pem: there is no such file");
        assertThat(run("build", "--builder", "builder.example", context.toString())
                        .err())
                .contains("could not use the builder's address 'builder.example'");
    }
}

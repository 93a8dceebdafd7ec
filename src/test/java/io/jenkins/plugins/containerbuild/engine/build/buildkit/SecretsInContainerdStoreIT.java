package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecret;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** In Engine 26.1 with its images in containerd's store, where an image may carry more than itself. */
@WithEngine(EngineKind.ENGINE_26_CONTAINERD)
class SecretsInContainerdStoreIT extends SecretBuilds {

    private final List<BuildSecret> secrets =
            List.of(BuildSecret.ofCaller("token"), BuildSecret.ofCaller("GIT_AUTH_TOKEN"));

    /** A scanner that puts all that it can see of the build into what it says of the image. */
    private String scanner(TestEngine daemon, TestRegistry registry) throws Exception {
        Path scanner = dockerfile(
                folder.resolve("scanner"), "FROM base:1", "COPY scan /scan", "ENTRYPOINT [\"/bin/sh\", \"/scan\"]");
        Files.writeString(scanner.resolve("scan"), """
                seen=$( (env; find / -xdev -type f -size -9 ! -path '/proc/*' ! -path '/bin/*' -exec cat {} +; cat /run/secrets/*) 2>/dev/null | base64 -w 0)
                cat > "$BUILDKIT_SCAN_DESTINATION/sbom.spdx.json" <<EOF
                {
                  "_type": "https://in-toto.io/Statement/v0.1",
                  "predicateType": "https://spdx.dev/Document",
                  "predicate": {"spdxVersion": "SPDX-2.3", "name": "$seen"}
                }
                EOF
                """);
        ImageReference name = ImageReference.parse(registry.address() + "/scanner/" + UUID.randomUUID() + ":1");
        build(
                daemon,
                BuildRequest.of(scanner.toString())
                        .tags(List.of(name))
                        .push(true)
                        .build(),
                Map.of());
        return name.canonical();
    }

    @Test
    void attestationsHoldNoSecret(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        String generator = scanner(daemon, registry);
        Path sources = dockerfile(
                folder.resolve("sources"),
                "FROM base:1",
                "RUN --mount=type=secret,id=token,required=true test -s /run/secrets/token && echo done > /done");
        try (ContextServer server = new ContextServer(folder.resolve("www"))) {
            String repository = server.repository("private", sources) + "#main";
            server.requireToken(value);

            build(
                    daemon,
                    BuildRequest.of(repository)
                            .root(folder.toString())
                            .secrets(secrets)
                            .attests(Map.of("provenance", "mode=max", "sbom", "generator=" + generator))
                            .outputs(List.of(BuildOutput.parse("type=oci,dest=" + folder.resolve("image.tar"))))
                            .build(),
                    Map.of());
        }

        search.assertNotIn("log", log() + events);
        try (InputStream image = Files.newInputStream(folder.resolve("image.tar"))) {
            search.assertNotInArchive("image", image);
        }
        String all = new String(Files.readAllBytes(folder.resolve("image.tar")), StandardCharsets.ISO_8859_1);
        // What was searched has the statements, and the one of the build knows of the mount.
        assertThat(all).contains("https://slsa.dev/provenance/", "https://spdx.dev/Document", "\"token\"");
    }
}

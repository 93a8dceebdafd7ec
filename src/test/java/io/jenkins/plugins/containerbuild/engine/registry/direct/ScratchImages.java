package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Images of any platform, as agents of that platform would build and push them; nothing runs in them. */
final class ScratchImages {

    private ScratchImages() {}

    /** Builds an image for one platform and pushes it; its label {@code for} is the platform. */
    static PushedReference push(TestEngine daemon, Path folder, String name, String platform) throws Exception {
        return push(daemon, request(folder, name, platform));
    }

    static PushedReference push(TestEngine daemon, BuildRequest.Builder request) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            return under.engine().build(request.build()).pushed().get(0);
        }
    }

    static BuildRequest.Builder request(Path folder, String name, String... platforms) throws Exception {
        Path context = Files.createTempDirectory(folder, "context");
        Files.writeString(context.resolve("content"), UUID.randomUUID() + "x".repeat(100_000));
        EngineUnderTest.dockerfile(
                context, "FROM scratch", "ARG TARGETPLATFORM", "COPY content /content", "LABEL for=$TARGETPLATFORM");
        return BuildRequest.of(context.toString())
                .root(context.toString())
                .tags(List.of(ImageReference.parse(name)))
                .platforms(List.of(platforms).stream().map(Platform::parse).toList())
                .push(true);
    }
}

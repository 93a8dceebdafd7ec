package io.jenkins.plugins.containerbuild.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A Dockerfile frontend, BuildKit's own of the channel "labs", as an image in a test's registry: for the line
 * {@code # syntax=} of a Dockerfile.
 */
public final class TestFrontend {

    private static final String PROGRAM = "dockerfile-frontend";
    private static final String REPOSITORY = "dockerfile";
    private static final String TAG = "labs";
    /** With the labels of the published image: a daemon believes what they say that the frontend knows. */
    private static final String SETTINGS = """
            {"architecture": "amd64", "os": "linux", "config": {"Entrypoint": ["/%s"], "Env": ["PATH=/"], "Labels": {
               "moby.buildkit.frontend.network.none": "true",
               "moby.buildkit.frontend.caps":
                 "moby.buildkit.frontend.inputs,moby.buildkit.frontend.subrequests,moby.buildkit.frontend.contexts"}},
             "rootfs": {"type": "layers", "diff_ids": ["%s"]}}""";

    private static final String MANIFEST = """
            {"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
             "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "digest": "%s", "size": %d},
             "layers": [{"mediaType": "application/vnd.docker.image.rootfs.diff.tar", "digest": "%s", "size": %d}]}""";

    private TestFrontend() {}

    /**
     * Puts the image into the registry.
     *
     * @return its name, for {@code # syntax=}
     * @throws org.opentest4j.TestAbortedException when the frontend has not been compiled; says how
     */
    public static String in(TestRegistry registry) {
        byte[] layer = layer(BuildKitPrograms.find(PROGRAM));
        String layerDigest = registry.putBlob(REPOSITORY, layer);
        byte[] settings = SETTINGS.formatted(PROGRAM, layerDigest).getBytes(StandardCharsets.UTF_8);
        String settingsDigest = registry.putBlob(REPOSITORY, settings);
        registry.putManifest(
                REPOSITORY,
                TAG,
                "application/vnd.docker.distribution.manifest.v2+json",
                MANIFEST.formatted(settingsDigest, settings.length, layerDigest, layer.length));
        return registry.address() + '/' + REPOSITORY + ':' + TAG;
    }

    private static byte[] layer(Path program) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream archive = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry(PROGRAM);
            entry.setSize(Files.size(program));
            entry.setMode(0755);
            archive.putArchiveEntry(entry);
            Files.copy(program, archive);
            archive.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + program, e);
        }
        return bytes.toByteArray();
    }
}

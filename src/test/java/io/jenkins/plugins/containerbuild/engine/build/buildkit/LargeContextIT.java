package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A context of a size that shows whether anything grows with it: 100,000 files, and one of 3 GB with holes. What arrives is
 * summed up in the build, and compared with the same sums of the directory: an image of it would only be more work for the
 * daemon.
 */
@WithEngine(EngineKind.ENGINE_NEWEST)
class LargeContextIT {

    private static final int FILES = 100_000;
    private static final long LARGE = 3L << 30;
    private static final byte[] ISLAND = "an island".getBytes(UTF_8);

    @TempDir
    private Path folder;

    @Test
    void sendsWhatIsOnTheDisk(TestEngine daemon) throws Exception {
        fill();
        // Islands are looked for where they stand: to read all of the file would take longer than to send it.
        String sums = "find many -type f | sort > /tmp/list; wc -l < /tmp/list; xargs stat -c '%n %a %Y %s' < /tmp/list"
                + " | sha256sum; xargs cat < /tmp/list | sha256sum; wc -c < large; tail -c " + ISLAND.length
                + " large; echo; dd if=large bs=1M skip=" + (LARGE >> 21) + " count=1 2> /dev/null | sha256sum";
        dockerfile(folder, "FROM base:1", "RUN --mount=type=bind,target=/context cd /context; " + sums);

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            under.engine().build(BuildRequest.of(folder.toString()).build());

            assertThat(under.events(EngineEvent.StepOutput.class))
                    .extracting(EngineEvent.StepOutput::line)
                    .containsExactlyElementsOf(onDisk(sums));
            assertThat(under.events(EngineEvent.ContextSent.class))
                    .last()
                    .satisfies(sent -> assertThat(sent.bytes()).isGreaterThan(LARGE));
        }
    }

    /** The same of the directory itself, by the same program. */
    private List<String> onDisk(String sums) throws Exception {
        Process shell = new ProcessBuilder("busybox", "sh", "-c", sums.replace("/tmp/list", folder + ".list"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        List<String> lines = shell.inputReader().lines().toList();
        Files.delete(Path.of(folder + ".list"));
        assertThat(lines).contains(Integer.toString(FILES), Long.toString(LARGE), new String(ISLAND, UTF_8));
        return lines;
    }

    private void fill() throws Exception {
        for (int i = 0; i < FILES; i++) {
            Path directory = folder.resolve("many/" + i % 100);
            if (i < 100) {
                Files.createDirectories(directory);
            }
            Files.writeString(directory.resolve("file-" + i), Integer.toString(i));
        }
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
            large.setLength(LARGE);
            large.seek(LARGE / 2 + 1000);
            large.write(ISLAND);
            large.seek(LARGE - ISLAND.length);
            large.write(ISLAND);
        }
    }
}
